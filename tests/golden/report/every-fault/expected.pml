/* singspin 0.1.0: WreckContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 2 to the importer and 2 to the exporter; a send waits for room. */

mtype = { Go, Stop, Stopped, Done, Tick, Leave, Gone, Flood, Never };

chan to_importer = [2] of { mtype };
chan to_exporter = [2] of { mtype };

/* contract WreckContract  wreck.sg:2 */
active proctype Exporter()
{
Idle:  /* wreck.sg:13: state Idle: one */
  if
  :: to_exporter?Go -> goto Busy
  :: to_exporter?Leave -> goto Parting
  :: to_exporter?Flood -> goto Flooding
  fi;
Busy:  /* wreck.sg:18: state Busy: one */
  if
  :: to_exporter?Stop -> goto Busy_Stop
  :: to_importer!Done -> goto Idle
  fi;
Busy_Stop:  /* wreck.sg:19: Stop? -> Stopped! -> Idle; */
  if
  :: to_importer!Stopped -> goto Idle
  fi;
Parting:  /* wreck.sg:22: state Parting: one */
  if
  :: to_exporter?Leave -> goto end_End
  :: to_importer!Gone -> goto end_End
  fi;
Flooding:  /* wreck.sg:26: state Flooding: Tick! -> Flooding; */
  if
  :: to_importer!Tick -> goto Flooding
  fi;
Island:  /* wreck.sg:27: state Island: Never! -> Idle; */
  if
  :: to_importer!Never -> goto Idle
  fi;
end_End:  /* wreck.sg:28: state End: one { } */
  false  /* the conversation is over */
}

active proctype Importer()
{
Idle:  /* wreck.sg:13: state Idle: one */
  if
  :: to_exporter!Go -> goto Busy
  :: to_exporter!Leave -> goto Parting
  :: to_exporter!Flood -> goto Flooding
  fi;
Busy:  /* wreck.sg:18: state Busy: one */
  if
  :: to_exporter!Stop -> goto Busy_Stop
  :: to_importer?Done -> goto Idle
  fi;
Busy_Stop:  /* wreck.sg:19: Stop? -> Stopped! -> Idle; */
  if
  :: to_importer?Stopped -> goto Idle
  fi;
Parting:  /* wreck.sg:22: state Parting: one */
  if
  :: to_exporter!Leave -> goto end_End
  :: to_importer?Gone -> goto end_End
  fi;
Flooding:  /* wreck.sg:26: state Flooding: Tick! -> Flooding; */
  if
  :: to_importer?Tick -> goto Flooding
  fi;
Island:  /* wreck.sg:27: state Island: Never! -> Idle; */
  if
  :: to_importer?Never -> goto Idle
  fi;
end_End:  /* wreck.sg:28: state End: one { } */
  false  /* the conversation is over */
}
