c_decl {
\#include "tables.h"
}
c_code {
\#if VECTORSZ>32000
  extern int *proc_offset, *q_offset;
\#else
  extern short *proc_offset, *q_offset;
\#endif
  static int ss_observe(int to_importer, int to_exporter);
  static int ss_machine(void);
}
