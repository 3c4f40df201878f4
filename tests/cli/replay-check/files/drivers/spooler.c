//@ driver Spooler : threads {
//@   port jobs : exp JobContract;  port out : imp PageContract;  port paper : imp PaperContract;
//@   owned page;  lock tray;
void on_print(struct page *page) {   //@ on jobs.Print(page) {
    mutex_lock(&tray);               //@   acquire tray;
    put_page(page);                  //@   send out.Put(page);
    wait_put_done();                 //@   recv out.PutDone;
    mutex_unlock(&tray);             //@   release tray;
    job_printed();                   //@   send jobs.Printed;
}                                    //@ }
void on_paper_out(void) {            //@ on paper.PaperOut {
    mutex_lock(&tray);               //@   acquire tray;
    mutex_unlock(&tray);             //@   release tray;
    ack_paper_out();                 //@   send paper.PaperAck;
}                                    //@ }
//@ }
//@ import "printing.sg";
