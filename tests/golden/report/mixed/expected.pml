/* singspin 0.1.0: PhoneContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 2 to the importer and 2 to the exporter are all the contract needs. */

mtype = { Dial, Connected, HangUp, Hung };

chan to_importer = [2] of { mtype };
chan to_exporter = [2] of { mtype };

/* contract PhoneContract  phone.sg:2 */
active proctype Exporter()
{
Idle:  /* phone.sg:7: state Idle: Dial? -> Connected! -> Talking; */
  if
  :: to_exporter?Dial -> goto Idle_Dial
  fi;
Idle_Dial:  /* phone.sg:7: state Idle: Dial? -> Connected! -> Talking; */
  if
  :: to_importer!Connected -> goto Talking
  fi;
Talking:  /* phone.sg:8: state Talking: one */
  if
  :: to_exporter?HangUp -> goto Idle
  :: to_importer!Hung -> goto Idle
  fi
}

active proctype Importer()
{
Idle:  /* phone.sg:7: state Idle: Dial? -> Connected! -> Talking; */
  if
  :: to_exporter!Dial -> goto Idle_Dial
  fi;
Idle_Dial:  /* phone.sg:7: state Idle: Dial? -> Connected! -> Talking; */
  if
  :: to_importer?Connected -> goto Talking
  fi;
Talking:  /* phone.sg:8: state Talking: one */
  if
  :: to_exporter!HangUp -> goto Idle
  :: to_importer?Hung -> goto Idle
  fi
}
