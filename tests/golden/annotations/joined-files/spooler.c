/*@ import "paper.sg"; @*/
//@ driver Spooler : loop { port jobs : exp Paper;
void feed(void)   //@ on jobs.Feed {
{ fed(); }        //@ send jobs.Fed; } }
