/* singspin 0.1.0: SpoolerContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 2 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Ready, GetStatus, Status, Print, Accepted, Stop, Stopped, Finished };

chan to_importer = [2] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract SpoolerContract  contracts/SpoolerContract.sg:2 */
active proctype Exporter()
{
START:  /* contracts/SpoolerContract.sg:9: state START: one { Ready! -> IDLE; } */
  if
  :: to_importer!Ready -> goto IDLE
  fi;
IDLE:  /* contracts/SpoolerContract.sg:10: state IDLE: one */
  if
  :: to_exporter?GetStatus -> goto IDLE_GetStatus
  :: to_exporter?Print -> goto IDLE_Print
  fi;
IDLE_GetStatus:  /* contracts/SpoolerContract.sg:11: GetStatus? -> Status!   -> IDLE; */
  if
  :: to_importer!Status -> goto IDLE
  fi;
IDLE_Print:  /* contracts/SpoolerContract.sg:12: Print?     -> Accepted! -> RUNNING; */
  if
  :: to_importer!Accepted -> goto RUNNING
  fi;
RUNNING:  /* contracts/SpoolerContract.sg:14: state RUNNING: one */
  if
  :: to_exporter?Stop -> goto RUNNING_Stop
  :: to_importer!Finished -> goto IDLE
  fi;
RUNNING_Stop:  /* contracts/SpoolerContract.sg:15: Stop?     -> Stopped! -> IDLE; */
  if
  :: to_importer!Stopped -> goto IDLE
  fi
}

active proctype Importer()
{
START:  /* contracts/SpoolerContract.sg:9: state START: one { Ready! -> IDLE; } */
  if
  :: to_importer?Ready -> goto IDLE
  fi;
IDLE:  /* contracts/SpoolerContract.sg:10: state IDLE: one */
  if
  :: to_exporter!GetStatus -> goto IDLE_GetStatus
  :: to_exporter!Print -> goto IDLE_Print
  fi;
IDLE_GetStatus:  /* contracts/SpoolerContract.sg:11: GetStatus? -> Status!   -> IDLE; */
  if
  :: to_importer?Status -> goto IDLE
  fi;
IDLE_Print:  /* contracts/SpoolerContract.sg:12: Print?     -> Accepted! -> RUNNING; */
  if
  :: to_importer?Accepted -> goto RUNNING
  fi;
RUNNING:  /* contracts/SpoolerContract.sg:14: state RUNNING: one */
  if
  :: to_exporter!Stop -> goto RUNNING_Stop
  :: to_importer?Finished -> goto IDLE
  fi;
RUNNING_Stop:  /* contracts/SpoolerContract.sg:15: Stop?     -> Stopped! -> IDLE; */
  if
  :: to_importer?Stopped -> goto IDLE
  fi
}
