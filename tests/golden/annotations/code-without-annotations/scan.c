// Looks for "//@" in a text: no annotation, and no contract either.
const char *mark = "//@";
contract Tap { this is code }
/* contract
