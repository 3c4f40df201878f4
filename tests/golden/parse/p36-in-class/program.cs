using System;
public class Program {
    public static void Main() { Console.WriteLine("{"); }
    contract InCode { in message Dim(); state On: Dim? -> Off; state Off: ; }
}
[Verify]
internal contract Shade {
    [Old("}")] in message Dim([Big] int n);
    state On: Dim? -> Off;
    state Off: ;
}
