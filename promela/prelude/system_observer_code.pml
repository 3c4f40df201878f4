/* The observer sees every stored state and changes none: it counts configurations and ended runs and,
   when told which ending to look for, stops the search there. */
c_code {
  extern void (*uerror)(char *);
  extern int readtrail;
  extern Trail *trpt;
  static unsigned long ss_live, ss_ended[256];
  static int ss_seek, ss_started;

  static int ss_number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
  }
  static void ss_print(void) {
    int i;
    printf("@configurations %lu\n", ss_live);
    for (i = 0; i < 256; i++)
      if (ss_ended[i]) printf("@ended %d %lu\n", i, ss_ended[i]);
    printf("@end\n");
  }
  /* PR_SET_PDEATHSIG, SIGKILL: a killed singspin must not leave a search behind. */
  extern int prctl(int option, ...);
  static void ss_start(void) {
    int parent = ss_number("SINGSPIN_PARENT");
    ss_started = 1;
    if (parent) {
      prctl(1, 9UL);
      if (getppid() != parent) exit(1);
    }
    ss_seek = ss_number("SINGSPIN_SEEK");
    atexit(ss_print);
  }

  /* Bit 1 of tau: the second look at a state without steps; bit 8: inside an atomic sequence. */
  static int ss_observe(void) {
    if (!ss_started) ss_start();
    if (trpt->tau & (1 | 8)) return 1;
    if (!now.over) {
      ss_live++;
      return 1;
    }
    ss_ended[now.over]++;
    if (now.over == ss_seek && !readtrail) uerror("@ending found");
    return 1;
  }
}
