/*@ driver Sink : loop {
int level;
