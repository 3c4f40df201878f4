// An accelerator under an I/O Kit-like family: one work loop, whose gate lets in one call at a time; power states that
// have to be acknowledged; and a termination that is put off while a command is in the engine.
//   NOT_DEFERRED   a removal while a command runs is not put off
//   SLEEPS_BUSY    agrees to sleep and does so although a command runs
//   LOST_CONTEXT   a failed resume leaves the driver in the state of a working one
//   NEVER_ANSWERS  a manager that has granted time is not answered while a command runs
#include "graphics.h"

//@ import "../contract.sg";
/*@ contract Commands {
      in message Run(byte[] in ExHeap b);
      out message Ran(byte[] in ExHeap b);  out message Refused(byte[] in ExHeap b);
      state Idle: one { Run? -> (Ran! or Refused!) -> Idle; }
    }
    driver Accelerator : loop {
      port manager : exp PowerManaged;
      port client : exp Commands;
      port wake : exp WakeLine;           // unbound until ArmWake brings it
      state Off, Working, Busy = manager@Busy, Agreed = manager@Agreed, Sleeping, Faulty, Gone;
      owned keep b;
      var running : bool;  var told : bool;
      irq done armed;
      timer catalogue;                    // the kernel matches the driver to its device and starts it
      init { arm catalogue; }                                            @*/

class Accelerator final : public Service {
 public:
  Accelerator(PowerManager& p, Client& c, Engine& e) : manager(p), client(c), engine(e) {}

  void start() override {                                  //@ on catalogue as start in Off {
    manager.power_facts();                                 //@   send manager.PowerFacts;
                                                           //@   goto Working;
  }                                                        //@ }

  void run(Buffer* b) override {                           //@ on client.Run(b) in Working, Busy {
    engine.start(b);                                       //@   give b to hw as engine;  arm done as start;
    running = true;                                        //@   running = true;
  }                                                        //@ }

  void refuse(Buffer* b) override {                        //@ on client.Run(b) as refuse in Off, Agreed, Sleeping, Faulty, Gone {
    client.refused(b);                                     //@   send client.Refused(b);
  }                                                        //@ }

  void interrupt() override {                              //@ on done as interrupt {
    Buffer* b = engine.finished();                         //@   take b as finished;
    running = false;                                       //@   running = false;
    client.ran(b);                                         //@   send client.Ran(b);
  }                                                        //@ }

  void get_load() override { manager.load(); }             //@ on manager.GetLoad { send manager.Load; }

  void set_performance() override { manager.performance_set(); } //@ on manager.SetPerformance { send manager.PerformanceSet; }

  void ask_sleep() override {                              //@ on manager.AskSleep {
#ifdef SLEEPS_BUSY                                         //@ #ifdef SLEEPS_BUSY
    manager.agree();                                       //@   send manager.Agree;
                                                           //@   goto Agreed;
#else                                                      //@ #else
    if (running) {                                         //@   if (running) {
      manager.need_time();                                 //@     send manager.NeedTime;
                                                           //@     goto Busy;
    } else {                                               //@   } else {
      manager.agree();                                     //@     send manager.Agree;
                                                           //@     goto Agreed;
    }                                                      //@   }
#endif                                                     //@ #endif
  }                                                        //@ }

  void take_time() override {                              //@ on manager.TakeTime in Busy {
    if (running) {                                         //@   if (running) {
#ifndef NEVER_ANSWERS                                      //@ #ifndef NEVER_ANSWERS
      manager.not_now();                                   //@     send manager.NotNow;
#endif                                                     //@ #endif
                                                           //@     goto Working;
    } else {                                               //@   } else {
      manager.agree();                                     //@     send manager.Agree;
                                                           //@     goto Agreed;
    }                                                      //@   }
  }                                                        //@ }

  void forget_it() override {}                             //@ on manager.ForgetIt in Busy { goto Working as forget; }

  // The device has no wake logic. It says so on the line, once, and has nothing more to say there.
  void arm_wake() override {                               //@ on manager.ArmWake(wake) in Agreed {
    manager.wake_armed();                                  //@   send manager.WakeArmed;
    if (!told) manager.cannot_wake();                      //@   if (!told) { send wake.CannotWake; }
    told = true;                                           //@   told = true;
  }                                                        //@ }

  void sleep() override {                                  //@ on manager.Sleep in Agreed {
    engine.clock_off();                                    //@   assert (!running) as clock_off;
    manager.asleep();                                      //@   send manager.Asleep;
                                                           //@   goto Sleeping;
  }                                                        //@ }

  void stay_awake() override {}                            //@ on manager.StayAwake in Agreed { goto Working as stay_awake; }

  void resume() override {                                 //@ on manager.Resume in Sleeping {
    if (engine.clock_on()) {                               //@   choose {
      manager.resumed();                                   //@     send manager.Resumed;
                                                           //@     goto Working;
    } else {                                               //@   } or {
      manager.resume_failed();                             //@     send manager.ResumeFailed;
#ifdef LOST_CONTEXT                                        //@ #ifdef LOST_CONTEXT
                                                           //@     goto Agreed;
#else                                                      //@ #else
                                                           //@     goto Faulty;
#endif                                                     //@ #endif
    }                                                      //@   }
  }                                                        //@ }

  void reinitialise() override {                           //@ on manager.Reinitialise in Faulty {
    manager.resumed();                                     //@   send manager.Resumed;
                                                           //@   goto Working;
  }                                                        //@ }

  void cut_power() override {}                             //@ on manager.CutPower in Sleeping { goto Gone as cut; }

  // Deferred: the kernel asks again when the gate is free, and the removal waits for the end of the command.
  void remove() override {                                 //@ on manager.Remove in Working, Faulty when (!running) {
    manager.removed();                                     //@   send manager.Removed;
                                                           //@   goto Gone;
  }                                                        //@ }
#ifndef NOT_DEFERRED                                       //@ #ifndef NOT_DEFERRED
                                                           //@ defer manager.Remove in Working;
#endif                                                     //@ #endif

 private:
  PowerManager& manager;
  Client& client;
  Engine& engine;
  bool running = false, told = false;
};
//@ }
//@ check (Accelerator.manager@FallingAsleep) leadsto (Accelerator.manager@Sleeping);
//@ check never (Accelerator@Sleeping && Accelerator.running);

Service* make_accelerator(PowerManager& p, Client& c, Engine& e);
Service* make_accelerator(PowerManager& p, Client& c, Engine& e) { return new Accelerator(p, c, e); }
