#if BIG
#define LARGE
#endif
namespace Sample
{
#if KERNEL
    using System.Kernel;
#endif
    public class Code
    {
        public contract Ping
        {
            in message Ask();
            out message Tell();
            state S: Ask? -> Tell! -> S;
#if DEBUG
            // only a comment
#endif
        }
        void Run()
        {
#if DEBUG_A || DEBUG_B || DEBUG_C || DEBUG_D || DEBUG_E || DEBUG_F || DEBUG_G
            Console.WriteLine("contract { in a string");
#endif
#if LARGE
            int size = 100;
#elif A1 && A2 && A3
            int size = 10;
#endif
        }
    }
}
