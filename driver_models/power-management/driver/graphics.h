// What the driver of an accelerator uses of the kernel's I/O classes.
#ifndef GRAPHICS_H
#define GRAPHICS_H

struct Buffer;

class Engine {
 public:
  void start(Buffer* b);
  void cancel();
  Buffer* finished();
  void clock_off();
  bool clock_on();
};

class PowerManager {
 public:
  void power_facts();
  void load();
  void performance_set();
  void agree();
  void not_now();
  void need_time();
  void wake_armed();
  void cannot_wake();
  void asleep();
  void resumed();
  void resume_failed();
  void removed();
};

class Client {
 public:
  void ran(Buffer* b);
  void refused(Buffer* b);
};

// Everything that is called here runs on one work loop, behind its gate.
class Service {
 public:
  virtual ~Service() = default;
  virtual void start() = 0;
  virtual void run(Buffer* b) = 0;
  virtual void refuse(Buffer* b) = 0;
  virtual void interrupt() = 0;
  virtual void get_load() = 0;
  virtual void set_performance() = 0;
  virtual void ask_sleep() = 0;
  virtual void take_time() = 0;
  virtual void forget_it() = 0;
  virtual void arm_wake() = 0;
  virtual void sleep() = 0;
  virtual void stay_awake() = 0;
  virtual void resume() = 0;
  virtual void reinitialise() = 0;
  virtual void cut_power() = 0;
  virtual void remove() = 0;
};

#endif
