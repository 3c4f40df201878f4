/* Grüße aus dem Treiber: ☕ */
//@ contract Ask { in message Query(); out message Answer(); state S: one { Query? -> Answer! -> S; } }
static const char *text = "//@ driver Not : loop {";
/*@ driver Grün : loop {
	port p : exp Ask; @*/
	void on_query(void)		/* 🔥 */	//@ on p.Query as on_query {
	{
		send_answer();	//@ send p.Antwort as send_answer;
	}	//@ }
//@ }
