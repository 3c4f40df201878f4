/* singspin 0.1.0: TicketContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 2 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Take, Number, Leave, Served, Closed };

chan to_importer = [2] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract TicketContract  contracts/TicketContract.sg:2 */
active proctype Exporter()
{
OPEN:  /* contracts/TicketContract.sg:9: state OPEN: one */
  if
  :: to_exporter?Take -> goto OPEN_Take
  :: to_exporter?Leave -> goto end_DONE
  fi;
OPEN_Take:  /* contracts/TicketContract.sg:10: Take?  -> Number! -> WAITING; */
  if
  :: to_importer!Number -> goto WAITING
  fi;
WAITING:  /* contracts/TicketContract.sg:13: state WAITING: one */
  if
  :: to_importer!Served -> goto OPEN
  :: to_importer!Closed -> goto end_DONE
  fi;
end_DONE:  /* contracts/TicketContract.sg:17: state DONE: one { } */
  false  /* the conversation is over */
}

active proctype Importer()
{
OPEN:  /* contracts/TicketContract.sg:9: state OPEN: one */
  if
  :: to_exporter!Take -> goto OPEN_Take
  :: to_exporter!Leave -> goto end_DONE
  fi;
OPEN_Take:  /* contracts/TicketContract.sg:10: Take?  -> Number! -> WAITING; */
  if
  :: to_importer?Number -> goto WAITING
  fi;
WAITING:  /* contracts/TicketContract.sg:13: state WAITING: one */
  if
  :: to_importer?Served -> goto OPEN
  :: to_importer?Closed -> goto end_DONE
  fi;
end_DONE:  /* contracts/TicketContract.sg:17: state DONE: one { } */
  false  /* the conversation is over */
}
