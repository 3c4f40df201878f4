// What the driver of a display adapter uses of the system.
#ifndef GPU_H
#define GPU_H

struct Frame;
struct Edid;

class Compositor {
 public:
  void adapter();
  void connected(Edid* e);
  void disconnected();
  void cannot_tell();
  void mode_set();
  void mode_replaced(Frame* f);
  void mode_refused(Frame* f);
  void flip_queued();
  void flip_refused(Frame* f);
  void flipped(Frame* f);
  void cursor_moved();
  void watch_started();
  void turned_off(Frame* f);
  void released();
};

class VblankWatch {
 public:
  void screen_off();
  void vblank();
};

class Scanout {
 public:
  bool accepts_mode();
  bool accepts_flip();
  void give(Frame* f);
  void take(Frame* f);
  void program();
  void arm_vblank();
  void latched();
};

class Lock {
 public:
  void acquire();
  void release();
};

enum Presence { PRESENT, ABSENT, UNKNOWN };
Presence sense();
Edid* read_edid();

#endif
