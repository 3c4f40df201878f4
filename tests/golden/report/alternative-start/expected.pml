/* singspin 0.1.0: LoginContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Login, Welcome, Refused };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract LoginContract  session.sg:2 */
active proctype Exporter()
{
Start:  /* session.sg:6: state Start: Login? -> (Welcome! or Refused!) -> Start; */
  if
  :: to_exporter?Login -> goto Start_Login
  fi;
Start_Login:  /* session.sg:6: state Start: Login? -> (Welcome! or Refused!) -> Start; */
  if
  :: to_importer!Welcome -> goto Start
  :: to_importer!Refused -> goto Start
  fi
}

active proctype Importer()
{
Start:  /* session.sg:6: state Start: Login? -> (Welcome! or Refused!) -> Start; */
  if
  :: to_exporter!Login -> goto Start_Login
  fi;
Start_Login:  /* session.sg:6: state Start: Login? -> (Welcome! or Refused!) -> Start; */
  if
  :: to_importer?Welcome -> goto Start
  :: to_importer?Refused -> goto Start
  fi
}

/* singspin 0.1.0: SessionContract */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Hello, HelloBack, Get, Value, Expired };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract SessionContract  session.sg:9 */
active proctype Exporter()
{
Start:  /* session.sg:16: state Start: Hello? -> HelloBack! -> Start; */
  if
  :: to_exporter?Hello -> goto Start_Hello
  fi;
Start_Hello:  /* session.sg:16: state Start: Hello? -> HelloBack! -> Start; */
  if
  :: to_importer!HelloBack -> goto Start
  fi;
Open:  /* session.sg:17: state Open: Get? -> Value! -> More; */
  if
  :: to_exporter?Get -> goto Open_Get
  fi;
Open_Get:  /* session.sg:17: state Open: Get? -> Value! -> More; */
  if
  :: to_importer!Value -> goto More
  fi;
More:  /* session.sg:18: state More: one */
  if
  :: to_exporter?Get -> goto More_Get
  :: to_importer!Expired -> goto end_Gone
  fi;
More_Get:  /* session.sg:19: Get? -> Value! -> More; */
  if
  :: to_importer!Value -> goto More
  fi;
end_Gone:  /* session.sg:22: state Gone: one { } */
  false  /* the conversation is over */
}

active proctype Importer()
{
Start:  /* session.sg:16: state Start: Hello? -> HelloBack! -> Start; */
  if
  :: to_exporter!Hello -> goto Start_Hello
  fi;
Start_Hello:  /* session.sg:16: state Start: Hello? -> HelloBack! -> Start; */
  if
  :: to_importer?HelloBack -> goto Start
  fi;
Open:  /* session.sg:17: state Open: Get? -> Value! -> More; */
  if
  :: to_exporter!Get -> goto Open_Get
  fi;
Open_Get:  /* session.sg:17: state Open: Get? -> Value! -> More; */
  if
  :: to_importer?Value -> goto More
  fi;
More:  /* session.sg:18: state More: one */
  if
  :: to_exporter!Get -> goto More_Get
  :: to_importer?Expired -> goto end_Gone
  fi;
More_Get:  /* session.sg:19: Get? -> Value! -> More; */
  if
  :: to_importer?Value -> goto More
  fi;
end_Gone:  /* session.sg:22: state Gone: one { } */
  false  /* the conversation is over */
}
