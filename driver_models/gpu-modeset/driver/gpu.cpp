// A display adapter with two scopes of synchronisation: `Display` serves the compositor, one request at a time;
// `Scanout` programs the hardware and shares its registers with the interrupt handler, so it is a driver of its own
// whose handlers run at once. Frames on the screen belong to the hardware.
//   SLEEPS_IN_IRQ    the interrupt handler takes a lock that may sleep
//   LOCKS_TWICE      programming a flip takes the registers' lock twice
//   RETURNS_SHOWN    a mode change gives a frame back that is still on the screen
//   KEEPS_LIT        a screen that was turned off still counts as lit
//   FORGETS_WAITER   a compositor that asks before the flip is done is forgotten
//   VBLANK_TOO_EARLY tells of a vertical blank before anybody watches
#include "gpu.h"

//@ import "../contract.sg";
/*@ contract Flips { in message Program();  out message Latched();  state Idle: one { Program? -> Latched! -> Idle; } }
    driver Display : loop {
      port app : exp GpuModeset;
      port vblank : exp VblankEvents;     // unbound until WatchVblank brings it
      port flips : imp Flips;
      state Off, Dark, Lit, Pending = app@Pending, Waiting, Released;
      owned keep frame[2];  owned edid;
      var shown : 0..1 = 0;  var other : 0..1 = 1;
      var lit : bool;  var done : bool;  var watched : bool;
      timer probe;
      init { arm probe; }                                                @*/

class Display {
 public:
  Display(Compositor& a, VblankWatch& v, Scanout& s) : app(a), vblank(v), scanout(s) {}

  void start() {                                           //@ on probe as start in Off {
    app.adapter();                                         //@   send app.Adapter;
#ifdef VBLANK_TOO_EARLY                                    //@ #ifdef VBLANK_TOO_EARLY
    vblank.vblank();                                       //@   send vblank.Vblank;
#endif                                                     //@ #endif
                                                           //@   goto Dark;
  }                                                        //@ }

  void probe() {                                           //@ on app.Probe in Dark, Lit {
    switch (sense()) {                                     //@   choose {
      case PRESENT: app.connected(read_edid()); break;     //@     new edid;  send app.Connected(edid);
                                                           //@   } or {
      case ABSENT: app.disconnected(); break;              //@     send app.Disconnected;
                                                           //@   } or {
      case UNKNOWN: app.cannot_tell(); break;              //@     send app.CannotTell;
    }                                                      //@   }
  }                                                        //@ }

  void set_mode(Frame* f) {                                //@ on app.SetMode(frame[shown]) in Dark {
    frame[shown] = f;
    if (scanout.accepts_mode()) {                          //@   choose {
      scanout.give(frame[shown]);                          //@     give frame[shown] to hw as give;
      lit = true;                                          //@     lit = true;
      app.mode_set();                                      //@     send app.ModeSet;
                                                           //@     goto Lit;
    } else {                                               //@   } or {
      app.mode_refused(f);                                 //@     send app.ModeRefused(frame[shown]);
    }                                                      //@   }
  }                                                        //@ }

  void change_mode(Frame* f) {                             //@ on app.SetMode(frame[other]) as change_mode in Lit {
    frame[other] = f;
    if (scanout.accepts_mode()) {                          //@   choose {
      scanout.give(frame[other]);                          //@     give frame[other] to hw as give;
#ifndef RETURNS_SHOWN                                      //@ #ifndef RETURNS_SHOWN
      scanout.take(frame[shown]);                          //@     take frame[shown];
#endif                                                     //@ #endif
      app.mode_replaced(frame[shown]);                     //@     send app.ModeReplaced(frame[shown]);
      swap();                                              //@     shown = 1 - shown;  other = 1 - other;
    } else {                                               //@   } or {
      app.mode_refused(f);                                 //@     send app.ModeRefused(frame[other]);
    }                                                      //@   }
  }                                                        //@ }

  void flip(Frame* f) {                                    //@ on app.Flip(frame[other]) in Lit {
    frame[other] = f;
    if (scanout.accepts_flip()) {                          //@   choose {
      scanout.give(frame[other]);                          //@     give frame[other] to hw as give;
      scanout.program();                                   //@     send flips.Program;
      done = false;                                        //@     done = false;
      app.flip_queued();                                   //@     send app.FlipQueued;
                                                           //@     goto Pending;
    } else {                                               //@   } or {
      app.flip_refused(f);                                 //@     send app.FlipRefused(frame[other]);
    }                                                      //@   }
  }                                                        //@ }

  void move_cursor() { app.cursor_moved(); }               //@ on app.MoveCursor in Lit, Pending { send app.CursorMoved; }

  // The flip may be done before the compositor asks for it, or after.
  void latched() {                                         //@ on flips.Latched in Pending {
    done = true;                                           //@   done = true;
  }                                                        //@ }

  void latched_late() { finish(); }                        //@ on flips.Latched as latched in Waiting { do finish; }

  void await_flip() {                                      //@ on app.AwaitFlip in Pending {
    if (done)                                              //@   if (done) {
      finish();                                            //@     do finish;
                                                           //@   } else {
#ifdef FORGETS_WAITER                                      //@ #ifdef FORGETS_WAITER
                                                           //@     goto Lit;
#else                                                      //@ #else
                                                           //@     goto Waiting;
#endif                                                     //@ #endif
  }                                                        //@ } }

  void finish() {                                          //@ proc finish {
    scanout.take(frame[shown]);                            //@   take frame[shown];
    app.flipped(frame[shown]);                             //@   send app.Flipped(frame[shown]);
    swap();                                                //@   shown = 1 - shown;  other = 1 - other;
                                                           //@   goto Lit;
  }                                                        //@ }

  // The channel for vertical blanks is taken and ended at once: this adapter cannot interrupt at each of them.
  void watch_vblank() {                                    //@ on app.WatchVblank(vblank) in Lit {
    app.watch_started();                                   //@   send app.WatchStarted;
    if (!watched) vblank.screen_off();                     //@   if (!watched) { send vblank.ScreenOff; }
    watched = true;                                        //@   watched = true;
  }                                                        //@ }

  void turn_off() {                                        //@ on app.TurnOff in Lit {
    scanout.take(frame[shown]);                            //@   take frame[shown];
#ifndef KEEPS_LIT                                          //@ #ifndef KEEPS_LIT
    lit = false;                                           //@   lit = false;
#endif                                                     //@ #endif
    app.turned_off(frame[shown]);                          //@   send app.TurnedOff(frame[shown]);
                                                           //@   goto Dark;
  }                                                        //@ }

  void release() {                                         //@ on app.Release in Dark {
    app.released();                                        //@   send app.Released;
                                                           //@   goto Released;
  }                                                        //@ }

 private:
  void swap() {
    shown = 1 - shown;
    other = 1 - other;
  }

  Compositor& app;
  VblankWatch& vblank;
  Scanout& scanout;
  Frame* frame[2] = {};
  int shown = 0, other = 1;
  bool lit = false, done = false, watched = false;
};
//@ }

/*@ driver Scan : threads {
      port flips : exp Flips;
#ifdef SLEEPS_IN_IRQ
      lock registers;
#else
      lock registers spin;
#endif
      irq blank armed;                                                   @*/

class Scan {
 public:
  Scan(Lock& l, Scanout& s) : registers(l), scanout(s) {}

  void program() {                                         //@ on flips.Program {
    registers.acquire();                                   //@   acquire registers;
#ifdef LOCKS_TWICE                                         //@ #ifdef LOCKS_TWICE
    registers.acquire();                                   //@   acquire registers;
#endif                                                     //@ #endif
    scanout.arm_vblank();                                  //@   arm blank;
    registers.release();                                   //@   release registers;
  }                                                        //@ }

  void interrupt() {                                       //@ on blank as interrupt {
    registers.acquire();                                   //@   acquire registers;
    registers.release();                                   //@   release registers;
    scanout.latched();                                     //@   send flips.Latched;
  }                                                        //@ }

 private:
  Lock& registers;
  Scanout& scanout;
};
//@ }
//@ connect Display.flips -- Scan.flips;
//@ check always (Display.active != 0 || !Display@Dark || !Display.lit);
//@ check (Display.app@Flipping) leadsto (Display.app@Lit);

Display* make_display(Compositor& a, VblankWatch& v, Scanout& s);
Display* make_display(Compositor& a, VblankWatch& v, Scanout& s) { return new Display(a, v, s); }
Scan* make_scan(Lock& l, Scanout& s);
Scan* make_scan(Lock& l, Scanout& s) { return new Scan(l, s); }
