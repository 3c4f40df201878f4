/* The observer sees every stored state and changes none: it counts faults, keeps the longest
   queues and, when told which fault to look for, stops the search there. */
c_code {
  extern void (*uerror)(char *);
  extern int readtrail;
  static unsigned long ss_calls, ss_faults[4], ss_deadlocks, ss_cut, ss_cut_standstill, ss_both;
  static int ss_longest[2], ss_seek, ss_list;

  static int ss_number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
  }
  static int ss_machine(void) { return ss_number("SINGSPIN_MACHINE"); }

  static void ss_print(void) {
    printf("@calls %lu\n@longest %d %d\n", ss_calls, ss_longest[0], ss_longest[1]);
    printf("@faults %lu %lu %lu %lu\n", ss_faults[0], ss_faults[1], ss_faults[2], ss_faults[3]);
    printf("@deadlocks %lu\n@cut %lu %lu\n@both %lu\n@end\n", ss_deadlocks, ss_cut, ss_cut_standstill, ss_both);
  }
  /* PR_SET_PDEATHSIG, SIGKILL: a killed singspin must not leave a search behind. */
  extern int prctl(int option, ...);
  static void ss_end_with_parent(void) {
    int parent = ss_number("SINGSPIN_PARENT");
    if (!parent) return;
    prctl(1, 9UL);
    if (getppid() != parent) exit(1);
  }
  static void ss_start(void) {
    ss_end_with_parent();
    ss_seek = ss_number("SINGSPIN_SEEK");
    ss_list = ss_number("SINGSPIN_LIST");
    atexit(ss_print);
  }

  static int ss_receives(int node, int message) {
    int i;
    for (i = ss_receive_at[node]; i < ss_receive_at[node + 1]; i++)
      if (ss_receive[i] == message) return 1;
    return 0;
  }
  static int ss_found(int fault) {
    ss_faults[fault]++;
    if (ss_seek == fault + 1 && !readtrail) uerror("@fault found");
    return 1;
  }

  /* The rules of contract configurations: stuck, unspecified reception, orphan message, final with
     pending message. head: 0 for an empty queue. */
  static void ss_judge(const int *node, const int *length, const int *head, const int *room) {
    int side, steps = 0, cut = 0, can[2], final[2];
    for (side = 0; side < 2; side++) {
      int listed = head[side] && ss_receives(node[side], head[side]);
      int sends = ss_sends[node[side]] && !(ss_restrained[node[side]] && listed);
      final[side] = ss_final[node[side]];
      can[side] = listed || (sends && room[side]);
      cut += sends && !room[side];
      steps += can[side];
    }
    ss_cut += cut > 0;
    ss_both += length[0] && length[1];
    if (!steps && cut && !(final[0] && final[1])) ss_cut_standstill++;
    if (!steps && !cut && !(final[0] && final[1])) {
      if (!length[0] && !length[1]) ss_deadlocks++;
      ss_found(0);
    }
    for (side = 0; side < 2; side++) {
      if (!final[side] && !ss_sends[node[side]] && head[side] && !ss_receives(node[side], head[side])) {
        ss_found(1);
        break;
      }
    }
    if (final[0] && final[1] && (length[0] || length[1])) ss_found(2);
    for (side = 0; side < 2; side++)
      if (final[side] && !final[1 - side] && length[side]) {
        ss_found(3);
        break;
      }
  }

  /* For the referee: the configuration itself. */
  static void ss_tell(const int *node, const int *inbox, const int *length) {
    int side, i;
    printf("@state %d %d", node[0], node[1]);
    for (side = 1; side >= 0; side--) {
      printf(" %d", length[side]);
      for (i = 0; i < length[side]; i++) printf(" %d", qrecv(inbox[side], i, 0, 0));
    }
    printf("\n");
  }

  /* Side 0 is the exporter: it receives from to_exporter and sends to to_importer. */
  static int ss_observe(int to_importer, int to_exporter) {
    int side, inbox[2], node[2], length[2], head[2], room[2];
    if (!ss_calls++) ss_start();
    if (now._nr_pr < SS_FIRST_PROCESS + 2) return 1;
    inbox[0] = to_exporter;
    inbox[1] = to_importer;
    for (side = 0; side < 2; side++) {
      P0 *process = (P0 *)pptr(SS_FIRST_PROCESS + side);
      node[side] = ss_node[ss_process[process->_t] + process->_p];
      length[side] = q_len(inbox[side]);
      head[side] = length[side] ? qrecv(inbox[side], 0, 0, 0) : 0;
      room[side] = !q_full(inbox[1 - side]);
      if (node[side] < 0) {
        printf("@lost %d\n", side);
        return 1;
      }
    }
    if (length[1] > ss_longest[0]) ss_longest[0] = length[1];
    if (length[0] > ss_longest[1]) ss_longest[1] = length[0];
    if (ss_list) ss_tell(node, inbox, length);
    ss_judge(node, length, head, room);
    return 1;
  }
}
