//@ contract Tap { in message Open(); out message Flow(); state Shut: one { Open? -> Flow! -> Shut; } }
//@ driver Sink : loop {
//@ port tap : exp Tap;
void opened(void)      //@ on tap.Open {
{
    note("open");      //@   send tap.Flow;
}                      //@ }
//@ }
