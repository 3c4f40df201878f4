// The volume manager on a synchronised dispatcher: the handlers of a channel never overlap, and what may block runs on
// a thread of its own. Writing back the cache takes a while; formatting waits for the consent of the user.
//   NO_JOIN          the cache is written back by a second thread while the first one is still at it
//   NO_ABANDON       the formatter has no case for a user who has changed his mind
//   KEEPS_FLAG       a format that is abandoned is still counted as running
//   REPAIRS_FOREVER  a damaged volume is repaired again and again
//   KEEPS_LABEL      the label of a volume that is not mounted is lost
//   HOLDS_CACHE      the dispatcher waits for the writer while it holds the lock that the writer needs
#include "volumes.h"

//@ import "../contract.sg";
/*@ driver Volumes : threads {
      port client : exp VolumeManager;
      owned label, system;
      lock cache;
      var formatting : bool;  var repairs : 0..2;                        @*/

class Volumes {
 public:
  Volumes(Client& c, Disk& d, Worker& f, Worker& w, Mutex& m) : client(c), disk(d), formatter(f), writer(w), cache(m) {}

  void start() {                                           //@ thread start {
    client.disks_scanned();                                //@   send client.DisksScanned;
  }                                                        //@ }

  void list_volumes() {                                    //@ on client.ListVolumes {
                                                           //@   progress;
    if (disk.more())                                       //@   choose {
                                                           //@     new label;
      client.volume_entry(disk.label());                   //@     send client.VolumeEntry(label);
    else                                                   //@   } or {
      client.list_end();                                   //@     send client.ListEnd;
                                                           //@   }
  }                                                        //@ }

  // The list is short: one entry and its end.
  void next_entry() { client.list_end(); }                 //@ on client.NextEntry { send client.ListEnd; }

  // Annotations know one volume, and no endpoint that may be null: a mount always needs a repair, and is given up
  // or repaired until the disk is clean.
  void mount(Text* label) {                                //@ on client.Mount(label) {
                                                           //@   progress;
    free_text(label);                                      //@   free label;
    client.needs_repair();                                 //@   send client.NeedsRepair;
  }                                                        //@ }

  void repair_first() {                                    //@ on client.RepairFirst {
    int repairs = 0;                                       //@   repairs = 0;
    for (;;) {                                             //@   loop {
      if (disk.repair()) break;                            //@     choose { break; } or { skip; }
#ifndef REPAIRS_FOREVER                                    //@ #ifndef REPAIRS_FOREVER
      ++repairs;                                           //@     repairs = repairs + 1;
      if (repairs == 2) break;                             //@     if (repairs == 2) { break; }
#endif                                                     //@ #endif
    }                                                      //@   }
    (void)repairs;
    client.needs_repair();                                 //@   send client.NeedsRepair;
                                                           //@   progress;
  }                                                        //@ }

  void mount_anyway() {                                    //@ on client.MountAnyway {
    client.needs_repair();                                 //@   send client.NeedsRepair;
                                                           //@   progress;
  }                                                        //@ }

  void leave_it() {}                                       //@ on client.LeaveIt as leave_it { skip; }

  // Runs on its own thread, since the disk may take its time.
  void write_back() {                                      //@ thread writer {
    cache.acquire();                                       //@   acquire cache;
    disk.write_back();                                     //@   block as write_back;
    cache.release();                                       //@   release cache;
  }                                                        //@ }

  void unmount(Text* label) {                              //@ on client.Unmount(label) {
                                                           //@   progress;
    if (!disk.mounted()) {                                 //@   choose {
#ifndef KEEPS_LABEL                                        //@ #ifndef KEEPS_LABEL
      free_text(label);                                    //@     free label;
#endif                                                     //@ #endif
      client.not_mounted();                                //@     send client.NotMounted;
      return;                                              //@     return;
    }                                                      //@   } or { skip; }
    free_text(label);                                      //@   free label;
    writer.join();                                         //@   join writer;
    writer.spawn(write_back_of, this);                     //@   spawn writer;
    if (disk.idle()) {                                     //@   choose {
#ifdef HOLDS_CACHE                                         //@ #ifdef HOLDS_CACHE
      cache.acquire();                                     //@     acquire cache;
#endif                                                     //@ #endif
      writer.join();                                       //@     join writer;
#ifdef HOLDS_CACHE                                         //@ #ifdef HOLDS_CACHE
      cache.release();                                     //@     release cache;
#endif                                                     //@ #endif
      client.unmounted();                                  //@     send client.Unmounted;
    } else {                                               //@   } or {
      client.still_in_use();                               //@     send client.StillInUse;
    }                                                      //@   }
  }                                                        //@ }

  void force_unmount() {                                   //@ on client.ForceUnmount {
#ifndef NO_JOIN                                            //@ #ifndef NO_JOIN
    writer.join();                                         //@   join writer;
#endif                                                     //@ #endif
    writer.spawn(write_back_of, this);                     //@   spawn writer;
    writer.join();                                         //@   join writer;
    client.unmounted();                                    //@   send client.Unmounted;
  }                                                        //@ }

  void keep_mounted() {}                                   //@ on client.KeepMounted as keep_mounted { skip; }

  void format(Text* label, Text* system) {                 //@ on client.Format(label, system) {
    free_text(label);                                      //@   free label;
    free_text(system);                                     //@   free system;
    formatting = true;                                     //@   formatting = true;
    formatter.join();                                      //@   join formatter;
    formatter.spawn(format_of, this);                      //@   spawn formatter;
  }                                                        //@ }

  // The user is asked after every step and may take as long as he likes.
  void format_steps() {                                    //@ thread formatter {
    while (disk.write_step()) {                            //@   loop { choose { break; } or { skip; }
      client.format_step();                                //@     send client.FormatStep;
                                                           //@     progress;
#ifdef NO_ABANDON                                          //@ #ifdef NO_ABANDON
      client.recv_consent();                               //@     idle recv client.GoOn as recv_consent;
#else                                                      //@ #else
      switch (client.recv_consent()) {                     //@     idle select {
        case Client::GO_ON:                                //@       case client.GoOn:
          continue;                                        //@         skip as continue;
        case Client::ABANDON:                              //@       case client.Abandon:
#ifndef KEEPS_FLAG                                         //@ #ifndef KEEPS_FLAG
          formatting = false;                              //@         formatting = false;
#endif                                                     //@ #endif
          client.format_abandoned();                       //@         send client.FormatAbandoned;
          return;                                          //@         return;
      }                                                    //@     }
#endif                                                     //@ #endif
    }                                                      //@   }
    formatting = false;                                    //@   formatting = false;
                                                           //@   progress;
    if (disk.verify())                                     //@   choose {
      client.format_done();                                //@     send client.FormatDone;
    else                                                   //@   } or {
      client.format_failed();                              //@     send client.FormatFailed;
  }                                                        //@   } }

  void close() { client.closed(); }                        //@ on client.Close { send client.Closed; }

 private:
  static void write_back_of(void* v) { static_cast<Volumes*>(v)->write_back(); }
  static void format_of(void* v) { static_cast<Volumes*>(v)->format_steps(); }

  Client& client;
  Disk& disk;
  Worker &formatter, &writer;
  Mutex& cache;
  bool formatting = false;
};
//@ }
//@ check progress;
//@ check never (Volumes.client@Serving && Volumes.formatting && Volumes.active == 0);
//@ check (Volumes.client@Unmounting) leadsto (Volumes.client@Serving || Volumes.client@Warned);

Volumes* make_volumes(Client& c, Disk& d, Worker& f, Worker& w, Mutex& m);
Volumes* make_volumes(Client& c, Disk& d, Worker& f, Worker& w, Mutex& m) { return new Volumes(c, d, f, w, m); }
