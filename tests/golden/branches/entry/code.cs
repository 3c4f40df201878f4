class Code {
    void Run() {
#if GUEST
        Door.NewChannel(out imp, out exp, Door.Inside.Value);
#endif
    }
}
