/* singspin 0.1.0: Ask */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Query, Answer };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Ask  battery.drv:3 */
active proctype Exporter()
{
S:  /* battery.drv:3: contract Ask   in message Query();  out message Answer();  state S: one   ... */
  if
  :: to_exporter?Query -> goto S_Query
  fi;
S_Query:  /* battery.drv:3: contract Ask   in message Query();  out message Answer();  state S: one   ... */
  if
  :: to_importer!Answer -> goto S
  fi
}

active proctype Importer()
{
S:  /* battery.drv:3: contract Ask   in message Query();  out message Answer();  state S: one   ... */
  if
  :: to_exporter!Query -> goto S_Query
  fi;
S_Query:  /* battery.drv:3: contract Ask   in message Query();  out message Answer();  state S: one   ... */
  if
  :: to_importer?Answer -> goto S
  fi
}

/* singspin 0.1.0: system Battery */
/* A standstill is what the process at the end says: run the verifier with -E. */

mtype:endings = { abandoned, deadlock_free, no_unexpected_message, conformance, unhandled_event, owed_reply, ownership, leak, lock_discipline, blocking_in_atomic, send_after_close, unbound_port, thread_reuse, assertion, state_mapping, race };
byte over;  /* not 0: the run has ended, and why */
mtype:Ask_messages = { Query, Answer };
mtype:Ask_states = { S, S_Query };

/* channel Battery.mine--Charger.other: Ask */
byte Battery_mine_at = S;
chan to_Battery_mine = [1] of { mtype };
byte Charger_other_at = S;
chan to_Charger_other = [1] of { mtype };

/* channel Battery.other--Charger.mine: Ask */
byte Charger_mine_at = S;
chan to_Charger_mine = [1] of { mtype };
byte Battery_other_at = S;
chan to_Battery_other = [1] of { mtype };

byte Battery_active;
byte Charger_active;
bool Battery_state;  /* 0 Calm, 1 Asking */
bool Charger_state;  /* 0 Calm, 1 Asking */
bool Battery_low;
bool Charger_hot;

inline fail(which) { over = which; assert(false) }
inline Battery_mine_receive_Query() { if :: Battery_mine_at == S -> Battery_mine_at = S_Query :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Battery_mine?Query fi }
inline Battery_other_receive_Answer() { if :: Battery_other_at == S_Query -> Battery_other_at = S :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Battery_other?Answer fi }
inline Battery_mine_send_Answer() { if :: Battery_mine_at == S_Query -> Battery_mine_at = S :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Charger_other!Answer fi }
inline Battery_other_send_Query() { if :: Battery_other_at == S -> Battery_other_at = S_Query :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Charger_mine!Query fi }
inline Charger_mine_receive_Query() { if :: Charger_mine_at == S -> Charger_mine_at = S_Query :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Charger_mine?Query fi }
inline Charger_other_receive_Answer() { if :: Charger_other_at == S_Query -> Charger_other_at = S :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Charger_other?Answer fi }
inline Charger_mine_send_Answer() { if :: Charger_mine_at == S_Query -> Charger_mine_at = S :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Battery_other!Answer fi }
inline Charger_other_send_Query() { if :: Charger_other_at == S -> Charger_other_at = S_Query :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Battery_mine!Query fi }

/* battery.drv:4: Battery */
active proctype Battery() provided (over == 0)
{
end_idle:  /* battery.drv:4: idle */
  if
  :: d_step { to_Battery_mine?[Query] -> Battery_active = Battery_active + 1; Battery_mine_receive_Query() } -> goto send_mine_Answer  /* battery.drv:7: on mine.Query */
  :: d_step { Battery_low && (Battery_state == 0) -> Battery_active = Battery_active + 1; Battery_low = 0 } -> goto send_other_Query  /* battery.drv:10: on low */
  :: d_step { to_Battery_other?[Answer] && (Battery_state == 1) -> Battery_active = Battery_active + 1; Battery_other_receive_Answer() } -> goto goto_Calm  /* battery.drv:12: on other.Answer */
  :: d_step { to_Battery_other?[Answer] && (!(Battery_state == 1)) -> fail(unhandled_event) } -> goto end_idle  /* battery.drv:5: unhandled event */
  :: d_step { Battery_low && (!(Battery_state == 0)) && (Battery_state == 1) -> Battery_active = Battery_active + 1; Battery_low = 0; Battery_active = Battery_active - 1 } -> goto end_idle  /* battery.drv:11: ignore low in Asking */
  :: d_step { Battery_low && (!(Battery_state == 0)) && (!(Battery_state == 1)) -> fail(unhandled_event) } -> goto end_idle  /* battery.drv:6: unhandled event */
  fi;
send_mine_Answer:  /* battery.drv:7: send mine.Answer */
  if
  :: d_step { true -> Battery_mine_send_Answer() } -> goto at_end_of_handler  /* battery.drv:7: send mine.Answer */
  fi;
send_other_Query:  /* battery.drv:10: send other.Query */
  if
  :: d_step { true -> Battery_other_send_Query() } -> goto goto_Asking  /* battery.drv:10: send other.Query */
  fi;
goto_Calm:  /* battery.drv:12: goto Calm */
  if
  :: d_step { true -> Battery_state = 0 } -> goto at_end_of_handler_2  /* battery.drv:12: goto Calm */
  fi;
at_end_of_handler:  /* battery.drv:7: end of handler */
  if
  :: d_step { true -> Battery_active = Battery_active - 1 } -> goto end_idle  /* battery.drv:7 */
  fi;
goto_Asking:  /* battery.drv:10: goto Asking */
  if
  :: d_step { true -> Battery_state = 1 } -> goto at_end_of_handler_3  /* battery.drv:10: goto Asking */
  fi;
at_end_of_handler_2:  /* battery.drv:12: end of handler */
  if
  :: d_step { true -> Battery_active = Battery_active - 1 } -> goto end_idle  /* battery.drv:12 */
  fi;
at_end_of_handler_3:  /* battery.drv:10: end of handler */
  if
  :: d_step { true -> Battery_active = Battery_active - 1 } -> goto end_idle  /* battery.drv:10 */
  fi
}

/* battery.drv:17: Charger */
active proctype Charger() provided (over == 0)
{
end_idle:  /* battery.drv:17: idle */
  if
  :: d_step { to_Charger_mine?[Query] -> Charger_active = Charger_active + 1; Charger_mine_receive_Query() } -> goto send_mine_Answer  /* battery.drv:20: on mine.Query */
  :: d_step { Charger_hot && (Charger_state == 0) -> Charger_active = Charger_active + 1; Charger_hot = 0 } -> goto send_other_Query  /* battery.drv:23: on hot */
  :: d_step { to_Charger_other?[Answer] && (Charger_state == 1) -> Charger_active = Charger_active + 1; Charger_other_receive_Answer() } -> goto goto_Calm  /* battery.drv:25: on other.Answer */
  :: d_step { to_Charger_other?[Answer] && (!(Charger_state == 1)) -> fail(unhandled_event) } -> goto end_idle  /* battery.drv:18: unhandled event */
  :: d_step { Charger_hot && (!(Charger_state == 0)) && (Charger_state == 1) -> Charger_active = Charger_active + 1; Charger_hot = 0; Charger_active = Charger_active - 1 } -> goto end_idle  /* battery.drv:24: ignore hot in Asking */
  :: d_step { Charger_hot && (!(Charger_state == 0)) && (!(Charger_state == 1)) -> fail(unhandled_event) } -> goto end_idle  /* battery.drv:19: unhandled event */
  fi;
send_mine_Answer:  /* battery.drv:20: send mine.Answer */
  if
  :: d_step { true -> Charger_mine_send_Answer() } -> goto at_end_of_handler  /* battery.drv:20: send mine.Answer */
  fi;
send_other_Query:  /* battery.drv:23: send other.Query */
  if
  :: d_step { true -> Charger_other_send_Query() } -> goto goto_Asking  /* battery.drv:23: send other.Query */
  fi;
goto_Calm:  /* battery.drv:25: goto Calm */
  if
  :: d_step { true -> Charger_state = 0 } -> goto at_end_of_handler_2  /* battery.drv:25: goto Calm */
  fi;
at_end_of_handler:  /* battery.drv:20: end of handler */
  if
  :: d_step { true -> Charger_active = Charger_active - 1 } -> goto end_idle  /* battery.drv:20 */
  fi;
goto_Asking:  /* battery.drv:23: goto Asking */
  if
  :: d_step { true -> Charger_state = 1 } -> goto at_end_of_handler_3  /* battery.drv:23: goto Asking */
  fi;
at_end_of_handler_2:  /* battery.drv:25: end of handler */
  if
  :: d_step { true -> Charger_active = Charger_active - 1 } -> goto end_idle  /* battery.drv:25 */
  fi;
at_end_of_handler_3:  /* battery.drv:23: end of handler */
  if
  :: d_step { true -> Charger_active = Charger_active - 1 } -> goto end_idle  /* battery.drv:23 */
  fi
}

/* battery.drv:6: Battery.low (source) */
active proctype Battery_low__source_() provided (over == 0)
{
end_waiting_to_fire:  /* battery.drv:6: waiting to fire */
  if
  :: d_step { !Battery_low -> Battery_low = 1 } -> goto end_waiting_to_fire  /* battery.drv:6: low fires */
  fi
}

/* battery.drv:19: Charger.hot (source) */
active proctype Charger_hot__source_() provided (over == 0)
{
end_waiting_to_fire:  /* battery.drv:19: waiting to fire */
  if
  :: d_step { !Charger_hot -> Charger_hot = 1 } -> goto end_waiting_to_fire  /* battery.drv:19: hot fires */
  fi
}

active proctype watch() provided (over == 0)
{
end_watching:
  if
  /* rule 6: nobody can make a step that has to come, and somebody is not at a resting place */
  :: atomic { !(false
       || ((Battery@end_idle && ((to_Battery_mine?[Query]) || (Battery_low && (Battery_state == 0)) || (to_Battery_other?[Answer] && (Battery_state == 1)) || (to_Battery_other?[Answer] && (!(Battery_state == 1))) || (Battery_low && (!(Battery_state == 0)) && (Battery_state == 1)) || (Battery_low && (!(Battery_state == 0)) && (!(Battery_state == 1))))) || Battery@send_mine_Answer || Battery@send_other_Query || Battery@goto_Calm || Battery@at_end_of_handler || Battery@goto_Asking || Battery@at_end_of_handler_2 || Battery@at_end_of_handler_3)
       || ((Charger@end_idle && ((to_Charger_mine?[Query]) || (Charger_hot && (Charger_state == 0)) || (to_Charger_other?[Answer] && (Charger_state == 1)) || (to_Charger_other?[Answer] && (!(Charger_state == 1))) || (Charger_hot && (!(Charger_state == 0)) && (Charger_state == 1)) || (Charger_hot && (!(Charger_state == 0)) && (!(Charger_state == 1))))) || Charger@send_mine_Answer || Charger@send_other_Query || Charger@goto_Calm || Charger@at_end_of_handler || Charger@goto_Asking || Charger@at_end_of_handler_2 || Charger@at_end_of_handler_3)
       || (Battery_low__source_@end_waiting_to_fire && (!Battery_low))
       || (Charger_hot__source_@end_waiting_to_fire && (!Charger_hot))
     ) && !(true
       && Battery@end_idle
       && Charger@end_idle
     ) ->
       d_step { fail(deadlock_free) } } -> goto end_watching
  fi
}
