/* singspin 0.1.0: DeviceContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Ready, Read, Data };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract DeviceContract  device.sg:1 */
active proctype Exporter()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer!Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter?Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer!Data -> goto Open
  fi
}

active proctype Importer()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer?Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter!Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer?Data -> goto Open
  fi
}

/* singspin 0.1.0: DiskContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Ready, Read, Data, Failed };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract DiskContract  disk.sg:2 */
active proctype Exporter()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer!Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter?Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer!Data -> goto Open
  :: to_importer!Failed -> goto Open
  fi
}

active proctype Importer()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer?Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter!Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer?Data -> goto Open
  :: to_importer?Failed -> goto Open
  fi
}

/* singspin 0.1.0: FlashContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 2 to the importer and 3 to the exporter are all the contract needs. */

mtype = { Ready, Read, Data, Failed, Worn, Retire };

chan to_importer = [2] of { mtype };
chan to_exporter = [3] of { mtype };

/* contract FlashContract  flash.sg:2 */
active proctype Exporter()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer!Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter?Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer!Data -> goto Open
  :: to_importer!Failed -> goto Open
  :: to_importer!Worn -> goto Fading
  fi;
Fading:  /* flash.sg:8: state Fading: one */
  if
  :: to_exporter?Retire -> goto Open
  :: to_importer!Failed -> goto Open
  fi
}

active proctype Importer()
{
Start:  /* device.sg:5: state Start: one { Ready! -> Open; } */
  if
  :: to_importer?Ready -> goto Open
  fi;
Open:  /* device.sg:6: state Open: Read? -> Reply; */
  if
  :: to_exporter!Read -> goto Reply
  fi;
Reply:  /* device.sg:7: state Reply: one { Data! -> Open; } */
  if
  :: to_importer?Data -> goto Open
  :: to_importer?Failed -> goto Open
  :: to_importer?Worn -> goto Fading
  fi;
Fading:  /* flash.sg:8: state Fading: one */
  if
  :: to_exporter!Retire -> goto Open
  :: to_importer?Failed -> goto Open
  fi
}
