c_code {
  static int ss_observe(void);
}
