// What the volume manager uses of the system.
#ifndef VOLUMES_H
#define VOLUMES_H

struct Text;

class Client {
 public:
  void disks_scanned();
  void volume_entry(Text* label);
  void list_end();
  void mount_result();
  void needs_repair();
  void unmounted();
  void not_mounted();
  void still_in_use();
  void format_step();
  void format_abandoned();
  void format_done();
  void format_failed();
  void closed();
  enum Consent { GO_ON, ABANDON };
  Consent recv_consent();
};

class File {
 public:
  void no_such_file();
  void answer();
};

class Disk {
 public:
  bool damaged();
  bool repair();
  bool mounted();
  bool idle();
  bool more();
  bool write_step();
  bool verify();
  Text* label();
  void write_back();
};

void free_text(Text* t);

// A thread of the dispatcher's pool, for calls that may block.
class Worker {
 public:
  void spawn(void (*run)(void*), void* argument);
  void join();
};

class Mutex {
 public:
  void acquire();
  void release();
};

#endif
