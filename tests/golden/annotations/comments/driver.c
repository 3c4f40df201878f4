const char *s = "//@ nonsense";      // plain
char q = '"'; /* plain //@ nonsense */ int n = 1'000;
const char *r = R"x( //@ nonsense )" )x";
/*@ contract Tap { in message Open();  out message Flow();
                   state Shut: one { Open? -> Flow! -> Shut; } } */
//@ driver Sink : loop { port tap : exp Tap;
void open_tap(void) //@ on tap.Open {
{ flow(); //@ send tap.Flow; }
//@ }
