/* singspin 0.1.0: Bay */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Bind, Bound, Refused, Evict, Leaving, Unbind, Unbound };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Bay  press.drv:4 */
active proctype Exporter()
{
NEW:  /* press.drv:7: state NEW:     one { Bind? -> BINDING; } */
  if
  :: to_exporter?Bind -> goto BINDING
  fi;
BINDING:  /* press.drv:8: state BINDING: one { Bound! -> HELD;  Refused! -> GONE; } */
  if
  :: to_importer!Bound -> goto HELD
  :: to_importer!Refused -> goto end_GONE
  fi;
HELD:  /* press.drv:9: state HELD:    one { Evict? -> LEAVING; } */
  if
  :: to_exporter?Evict -> goto LEAVING
  fi;
LEAVING:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_importer!Leaving -> goto LEAVING_Leaving
  fi;
LEAVING_Leaving:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_exporter?Unbind -> goto LEAVING_Leaving_Unbind
  fi;
LEAVING_Leaving_Unbind:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_importer!Unbound -> goto end_GONE
  fi;
end_GONE:  /* press.drv:11: state GONE:    one { } */
  false  /* the conversation is over */
}

active proctype Importer()
{
NEW:  /* press.drv:7: state NEW:     one { Bind? -> BINDING; } */
  if
  :: to_exporter!Bind -> goto BINDING
  fi;
BINDING:  /* press.drv:8: state BINDING: one { Bound! -> HELD;  Refused! -> GONE; } */
  if
  :: to_importer?Bound -> goto HELD
  :: to_importer?Refused -> goto end_GONE
  fi;
HELD:  /* press.drv:9: state HELD:    one { Evict? -> LEAVING; } */
  if
  :: to_exporter!Evict -> goto LEAVING
  fi;
LEAVING:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_importer?Leaving -> goto LEAVING_Leaving
  fi;
LEAVING_Leaving:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_exporter!Unbind -> goto LEAVING_Leaving_Unbind
  fi;
LEAVING_Leaving_Unbind:  /* press.drv:10: state LEAVING: one { Leaving! -> Unbind? -> Unbound! -> GONE; } */
  if
  :: to_importer?Unbound -> goto end_GONE
  fi;
end_GONE:  /* press.drv:11: state GONE:    one { } */
  false  /* the conversation is over */
}

/* singspin 0.1.0: Job */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Print, Printed, Dropped };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Job  press.drv:13 */
active proctype Exporter()
{
IDLE:  /* press.drv:16: state IDLE: one { Print? -> (Printed! or Dropped!) -> IDLE; } */
  if
  :: to_exporter?Print -> goto IDLE_Print
  fi;
IDLE_Print:  /* press.drv:16: state IDLE: one { Print? -> (Printed! or Dropped!) -> IDLE; } */
  if
  :: to_importer!Printed -> goto IDLE
  :: to_importer!Dropped -> goto IDLE
  fi
}

active proctype Importer()
{
IDLE:  /* press.drv:16: state IDLE: one { Print? -> (Printed! or Dropped!) -> IDLE; } */
  if
  :: to_exporter!Print -> goto IDLE_Print
  fi;
IDLE_Print:  /* press.drv:16: state IDLE: one { Print? -> (Printed! or Dropped!) -> IDLE; } */
  if
  :: to_importer?Printed -> goto IDLE
  :: to_importer?Dropped -> goto IDLE
  fi
}

/* singspin 0.1.0: system Press */
/* A standstill is what the process at the end says: run the verifier with -E. */

mtype:endings = { abandoned, deadlock_free, no_unexpected_message, conformance, unhandled_event, owed_reply, ownership, leak, lock_discipline, blocking_in_atomic, send_after_close, unbound_port, thread_reuse, assertion, state_mapping, race, user_check_1, user_check_2 };
byte over;  /* not 0: the run has ended, and why */
mtype:Bay_messages = { Bind, Bound, Refused, Evict, Leaving, Unbind, Unbound };
mtype:Bay_states = { NEW, BINDING, HELD, LEAVING, LEAVING_Leaving, LEAVING_Leaving_Unbind, GONE };
mtype:Job_messages = { Print, Printed, Dropped };
mtype:Job_states = { IDLE, IDLE_Print };

/* channel bay: Bay */
byte Press_bay_at = NEW;
chan to_Press_bay = [1] of { mtype };
byte bay_imp_at = NEW;
chan to_bay_imp = [1] of { mtype };

/* channel job: Job */
byte Press_job_at = IDLE;
chan to_Press_job = [1] of { mtype, byte };
byte job_imp_at = IDLE;
chan to_job_imp = [1] of { mtype, byte };

byte Press_active;
byte bay_imp_active;
byte job_imp_active;
byte Press_state;  /* 0 Fresh, 1 Idle, 2 Printing, 3 Yielding, 4 Gone */
bool job_imp_quiet;
bool Press_head;
bool Press_head_armed;
byte owner[3];  /* of blocks, from 1 on: 0 nobody, 1 hardware, 2 in transit, then components */
byte Press_page;
byte scratch[1];  /* within a step */

inline fail(which) { over = which; assert(false) }
inline Press_bay_receive_Bind() { if :: Press_bay_at == NEW -> Press_bay_at = BINDING :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Press_bay?Bind fi }
inline Press_job_receive_Print() { if :: Press_job_at == IDLE -> Press_job_at = IDLE_Print :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> if :: owner[Press_page] == 3 || owner[Press_page] == 1 -> fail(leak) :: else -> skip fi; if :: over != 0 -> skip :: else -> to_Press_job?Print,Press_page; owner[Press_page] = 3 fi fi }
inline Press_bay_receive_Evict() { if :: Press_bay_at == HELD -> Press_bay_at = LEAVING :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Press_bay?Evict fi }
inline Press_bay_receive_Unbind() { if :: Press_bay_at == LEAVING_Leaving -> Press_bay_at = LEAVING_Leaving_Unbind :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_Press_bay?Unbind fi }
inline Press_job_send_Dropped() { if :: Press_job_at == IDLE_Print -> Press_job_at = IDLE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: owner[Press_page] != 3 -> fail(ownership) :: else -> skip fi; if :: over != 0 -> skip :: else -> owner[Press_page] = 2; to_job_imp!Dropped,Press_page; Press_page = 0 fi fi }
inline Press_bay_send_Leaving() { if :: Press_bay_at == LEAVING -> Press_bay_at = LEAVING_Leaving :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_bay_imp!Leaving fi }
inline Press_bay_send_Unbound() { if :: Press_bay_at == LEAVING_Leaving_Unbind -> Press_bay_at = GONE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_bay_imp!Unbound fi }
inline Press_bay_send_Bound() { if :: Press_bay_at == BINDING -> Press_bay_at = HELD :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_bay_imp!Bound fi }
inline Press_bay_send_Refused() { if :: Press_bay_at == BINDING -> Press_bay_at = GONE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_bay_imp!Refused fi }
inline Press_job_send_Printed() { if :: Press_job_at == IDLE_Print -> Press_job_at = IDLE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: owner[Press_page] != 3 -> fail(ownership) :: else -> skip fi; if :: over != 0 -> skip :: else -> owner[Press_page] = 2; to_job_imp!Printed,Press_page; Press_page = 0 fi fi }
inline bay_imp_send_Bind() { if :: bay_imp_at == NEW -> bay_imp_at = BINDING :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Press_bay!Bind fi }
inline bay_imp_receive_Bound() { if :: bay_imp_at == BINDING -> bay_imp_at = HELD :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_bay_imp?Bound fi }
inline bay_imp_receive_Refused() { if :: bay_imp_at == BINDING -> bay_imp_at = GONE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_bay_imp?Refused fi }
inline bay_imp_send_Evict() { if :: bay_imp_at == HELD -> bay_imp_at = LEAVING :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Press_bay!Evict fi }
inline bay_imp_receive_Leaving() { if :: bay_imp_at == LEAVING -> bay_imp_at = LEAVING_Leaving :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_bay_imp?Leaving fi }
inline bay_imp_send_Unbind() { if :: bay_imp_at == LEAVING_Leaving -> bay_imp_at = LEAVING_Leaving_Unbind :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> to_Press_bay!Unbind fi }
inline bay_imp_receive_Unbound() { if :: bay_imp_at == LEAVING_Leaving_Unbind -> bay_imp_at = GONE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_bay_imp?Unbound fi }
inline job_imp_send_Print() { if :: job_imp_at == IDLE -> job_imp_at = IDLE_Print :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: (owner[1] == 0 || owner[1] == 5) && 0 == 0 -> scratch[0] = 1 :: (owner[2] == 0 || owner[2] == 5) && ((owner[1] == 0 || owner[1] == 5)) == 0 -> scratch[0] = 2 fi; owner[scratch[0]] = 2; to_Press_job!Print,scratch[0]; scratch[0] = 0 fi }
inline job_imp_receive_Printed() { if :: job_imp_at == IDLE_Print -> job_imp_at = IDLE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_job_imp?Printed,scratch[0]; owner[scratch[0]] = 0; scratch[0] = 0 fi }
inline job_imp_receive_Dropped() { if :: job_imp_at == IDLE_Print -> job_imp_at = IDLE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_job_imp?Dropped,scratch[0]; owner[scratch[0]] = 0; scratch[0] = 0 fi }

/* press.drv:18: Press */
active proctype Press() provided (over == 0)
{
end_idle:  /* press.drv:18: idle */
  if
  :: d_step { to_Press_bay?[Bind] && (Press_state == 0) -> Press_active = Press_active + 1; Press_bay_receive_Bind() } -> goto choose  /* press.drv:24: on bay.Bind */
  :: d_step { to_Press_job?[Print,_] && (Press_state == 1) -> Press_active = Press_active + 1; Press_job_receive_Print() } -> goto give_page_to_hw  /* press.drv:32: on job.Print */
  :: d_step { to_Press_job?[Print,_] && (((Press_state == 0) || (Press_state == 3)) || (Press_state == 4)) -> Press_active = Press_active + 1; Press_job_receive_Print() } -> goto send_job_Dropped  /* press.drv:33: on job.Print */
  :: d_step { Press_head && (Press_state == 2) -> Press_active = Press_active + 1; Press_head = 0 } -> goto take_page  /* press.drv:34: on head */
  :: d_step { to_Press_bay?[Evict] && (Press_state == 1) -> Press_active = Press_active + 1; Press_bay_receive_Evict() } -> goto send_bay_Leaving  /* press.drv:35: on bay.Evict */
  :: d_step { to_Press_bay?[Unbind] && (Press_state == 3) -> Press_active = Press_active + 1; Press_bay_receive_Unbind() } -> goto send_bay_Unbound  /* press.drv:43: on bay.Unbind */
  :: d_step { to_Press_bay?[Bind] && (!(Press_state == 0)) -> fail(unhandled_event) } -> goto end_idle  /* press.drv:19: unhandled event */
  :: d_step { to_Press_bay?[Evict] && (!(Press_state == 1)) && (!(Press_state == 2)) -> fail(unhandled_event) } -> goto end_idle  /* press.drv:19: unhandled event */
  :: d_step { to_Press_bay?[Unbind] && (!(Press_state == 3)) -> fail(unhandled_event) } -> goto end_idle  /* press.drv:19: unhandled event */
  :: d_step { to_Press_job?[Print,_] && (!((Press_state == 1) || (((Press_state == 0) || (Press_state == 3)) || (Press_state == 4)))) -> fail(unhandled_event) } -> goto end_idle  /* press.drv:20: unhandled event */
  :: d_step { Press_head && (!(Press_state == 2)) -> fail(unhandled_event) } -> goto end_idle  /* press.drv:23: unhandled event */
  fi;
choose:  /* press.drv:29: choose */
  if
  :: d_step { true -> skip } -> goto send_bay_Bound  /* press.drv:29: choose */
  :: d_step { true -> skip } -> goto send_bay_Refused  /* press.drv:29: choose */
  fi;
give_page_to_hw:  /* press.drv:32: give page to hw */
  if
  :: d_step { true -> if :: owner[Press_page] != 3 -> fail(ownership) :: else -> owner[Press_page] = 1 fi } -> goto arm_head  /* press.drv:32: give page to hw */
  fi;
send_job_Dropped:  /* press.drv:33: send job.Dropped */
  if
  :: d_step { true -> Press_job_send_Dropped() } -> goto at_end_of_handler  /* press.drv:33: send job.Dropped */
  fi;
take_page:  /* press.drv:34: take page */
  if
  :: d_step { true -> if :: owner[Press_page] != 1 -> fail(ownership) :: else -> owner[Press_page] = 3 fi } -> goto send_job_Printed  /* press.drv:34: take page */
  fi;
send_bay_Leaving:  /* press.drv:35: send bay.Leaving */
  if
  :: d_step { true -> Press_bay_send_Leaving() } -> goto goto_Yielding  /* press.drv:35: send bay.Leaving */
  fi;
send_bay_Unbound:  /* press.drv:43: send bay.Unbound */
  if
  :: d_step { true -> Press_bay_send_Unbound() } -> goto goto_Gone  /* press.drv:43: send bay.Unbound */
  fi;
send_bay_Bound:  /* press.drv:29: send bay.Bound */
  if
  :: d_step { true -> Press_bay_send_Bound() } -> goto goto_Idle  /* press.drv:29: send bay.Bound */
  fi;
send_bay_Refused:  /* press.drv:29: send bay.Refused */
  if
  :: d_step { true -> Press_bay_send_Refused() } -> goto goto_Gone_2  /* press.drv:29: send bay.Refused */
  fi;
arm_head:  /* press.drv:32: arm head */
  if
  :: d_step { true -> Press_head_armed = 1 } -> goto goto_Printing  /* press.drv:32: arm head */
  fi;
at_end_of_handler:  /* press.drv:33: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:33 */
  fi;
send_job_Printed:  /* press.drv:34: send job.Printed */
  if
  :: d_step { true -> Press_job_send_Printed() } -> goto goto_Idle_2  /* press.drv:34: send job.Printed */
  fi;
goto_Yielding:  /* press.drv:35: goto Yielding */
  if
  :: d_step { true -> Press_state = 3 } -> goto at_end_of_handler_2  /* press.drv:35: goto Yielding */
  fi;
goto_Gone:  /* press.drv:43: goto Gone */
  if
  :: d_step { true -> Press_state = 4 } -> goto at_end_of_handler_3  /* press.drv:43: goto Gone */
  fi;
goto_Idle:  /* press.drv:29: goto Idle */
  if
  :: d_step { true -> Press_state = 1 } -> goto at_end_of_handler_4  /* press.drv:29: goto Idle */
  fi;
goto_Gone_2:  /* press.drv:29: goto Gone */
  if
  :: d_step { true -> Press_state = 4 } -> goto at_end_of_handler_4  /* press.drv:29: goto Gone */
  fi;
goto_Printing:  /* press.drv:32: goto Printing */
  if
  :: d_step { true -> Press_state = 2 } -> goto at_end_of_handler_5  /* press.drv:32: goto Printing */
  fi;
goto_Idle_2:  /* press.drv:34: goto Idle */
  if
  :: d_step { true -> Press_state = 1 } -> goto at_end_of_handler_6  /* press.drv:34: goto Idle */
  fi;
at_end_of_handler_2:  /* press.drv:35: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:35 */
  fi;
at_end_of_handler_3:  /* press.drv:43: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:43 */
  fi;
at_end_of_handler_4:  /* press.drv:31: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:31 */
  fi;
at_end_of_handler_5:  /* press.drv:32: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:32 */
  fi;
at_end_of_handler_6:  /* press.drv:34: end of handler */
  if
  :: d_step { true -> Press_active = Press_active - 1 } -> goto end_idle  /* press.drv:34 */
  fi
}

/* press.drv:23: Press.head (source) */
active proctype Press_head__source_() provided (over == 0)
{
end_waiting_to_fire:  /* press.drv:23: waiting to fire */
  if
  :: d_step { Press_head_armed -> Press_head = 1; Press_head_armed = 0 } -> goto end_waiting_to_fire  /* press.drv:23: head fires */
  fi
}

/* press.drv:19: bay.imp */
active proctype bay_imp() provided (over == 0)
{
end_NEW:  /* press.drv:19: NEW */
  if
  :: d_step { true -> bay_imp_send_Bind() } -> goto BINDING_2  /* press.drv:7: send bay.Bind */
  :: d_step { len(to_bay_imp) != 0 -> fail(no_unexpected_message) } -> goto end_NEW  /* press.drv:7: unexpected message */
  fi;
BINDING_2:  /* press.drv:19: BINDING */
  if
  :: d_step { to_bay_imp?[Bound] -> bay_imp_receive_Bound() } -> goto end_HELD  /* press.drv:8: recv bay.Bound */
  :: d_step { to_bay_imp?[Refused] -> bay_imp_receive_Refused() } -> goto end_GONE  /* press.drv:8: recv bay.Refused */
  :: d_step { len(to_bay_imp) != 0 && !to_bay_imp?[Bound] && !to_bay_imp?[Refused] -> fail(no_unexpected_message) } -> goto BINDING_2  /* press.drv:8: unexpected message */
  fi;
end_HELD:  /* press.drv:19: HELD */
  if
  :: d_step { true -> bay_imp_send_Evict() } -> goto LEAVING_2  /* press.drv:9: send bay.Evict */
  :: d_step { len(to_bay_imp) != 0 -> fail(no_unexpected_message) } -> goto end_HELD  /* press.drv:9: unexpected message */
  fi;
end_GONE:  /* press.drv:19: GONE */
  if
  :: d_step { len(to_bay_imp) != 0 -> fail(no_unexpected_message) } -> goto end_GONE  /* press.drv:11: unexpected message */
  fi;
LEAVING_2:  /* press.drv:19: LEAVING */
  if
  :: d_step { to_bay_imp?[Leaving] -> bay_imp_receive_Leaving() } -> goto LEAVING__after_Leaving  /* press.drv:10: recv bay.Leaving */
  :: d_step { len(to_bay_imp) != 0 && !to_bay_imp?[Leaving] -> fail(no_unexpected_message) } -> goto LEAVING_2  /* press.drv:10: unexpected message */
  fi;
LEAVING__after_Leaving:  /* press.drv:19: LEAVING, after Leaving */
  if
  :: d_step { true -> bay_imp_send_Unbind() } -> goto LEAVING__after_Unbind  /* press.drv:10: send bay.Unbind */
  :: d_step { len(to_bay_imp) != 0 -> fail(no_unexpected_message) } -> goto LEAVING__after_Leaving  /* press.drv:10: unexpected message */
  fi;
LEAVING__after_Unbind:  /* press.drv:19: LEAVING, after Unbind */
  if
  :: d_step { to_bay_imp?[Unbound] -> bay_imp_receive_Unbound() } -> goto end_GONE  /* press.drv:10: recv bay.Unbound */
  :: d_step { len(to_bay_imp) != 0 && !to_bay_imp?[Unbound] -> fail(no_unexpected_message) } -> goto LEAVING__after_Unbind  /* press.drv:10: unexpected message */
  fi
}

/* press.drv:20: job.imp */
active proctype job_imp() provided (over == 0)
{
end_IDLE:  /* press.drv:20: IDLE */
  if
  :: d_step { (job_imp_quiet == 0) && ((owner[1] == 0 || owner[1] == 5) || (owner[2] == 0 || owner[2] == 5)) -> job_imp_send_Print() } -> goto IDLE__after_Print  /* press.drv:16: send job.Print */
  :: d_step { len(to_job_imp) != 0 -> fail(no_unexpected_message) } -> goto end_IDLE  /* press.drv:16: unexpected message */
  :: d_step { (job_imp_quiet == 0) -> job_imp_quiet = 1 } -> goto end_IDLE  /* press.drv:20: falls silent */
  fi;
IDLE__after_Print:  /* press.drv:20: IDLE, after Print */
  if
  :: d_step { to_job_imp?[Printed,_] -> job_imp_receive_Printed() } -> goto end_IDLE  /* press.drv:16: recv job.Printed */
  :: d_step { to_job_imp?[Dropped,_] -> job_imp_receive_Dropped() } -> goto end_IDLE  /* press.drv:16: recv job.Dropped */
  :: d_step { len(to_job_imp) != 0 && !to_job_imp?[Printed,_] && !to_job_imp?[Dropped,_] -> fail(no_unexpected_message) } -> goto IDLE__after_Print  /* press.drv:16: unexpected message */
  fi
}

active proctype watch() provided (over == 0)
{
end_watching:
  if
  /* rule 6: nobody can make a step that has to come, and somebody is not at a resting place */
  :: atomic { !(false
       || ((Press@end_idle && ((to_Press_bay?[Bind] && (Press_state == 0)) || (to_Press_job?[Print,_] && (Press_state == 1)) || (to_Press_job?[Print,_] && (((Press_state == 0) || (Press_state == 3)) || (Press_state == 4))) || (Press_head && (Press_state == 2)) || (to_Press_bay?[Evict] && (Press_state == 1)) || (to_Press_bay?[Unbind] && (Press_state == 3)) || (to_Press_bay?[Bind] && (!(Press_state == 0))) || (to_Press_bay?[Evict] && (!(Press_state == 1)) && (!(Press_state == 2))) || (to_Press_bay?[Unbind] && (!(Press_state == 3))) || (to_Press_job?[Print,_] && (!((Press_state == 1) || (((Press_state == 0) || (Press_state == 3)) || (Press_state == 4))))) || (Press_head && (!(Press_state == 2))))) || Press@choose || Press@give_page_to_hw || Press@send_job_Dropped || Press@take_page || Press@send_bay_Leaving || Press@send_bay_Unbound || Press@send_bay_Bound || Press@send_bay_Refused || Press@arm_head || Press@at_end_of_handler || Press@send_job_Printed || Press@goto_Yielding || Press@goto_Gone || Press@goto_Idle || Press@goto_Gone_2 || Press@goto_Printing || Press@goto_Idle_2 || Press@at_end_of_handler_2 || Press@at_end_of_handler_3 || Press@at_end_of_handler_4 || Press@at_end_of_handler_5 || Press@at_end_of_handler_6)
       || (Press_head__source_@end_waiting_to_fire && (Press_head_armed))
       || (bay_imp@end_NEW || (bay_imp@BINDING_2 && ((to_bay_imp?[Bound]) || (to_bay_imp?[Refused]) || (len(to_bay_imp) != 0 && !to_bay_imp?[Bound] && !to_bay_imp?[Refused]))) || bay_imp@end_HELD || (bay_imp@end_GONE && (len(to_bay_imp) != 0)) || (bay_imp@LEAVING_2 && ((to_bay_imp?[Leaving]) || (len(to_bay_imp) != 0 && !to_bay_imp?[Leaving]))) || bay_imp@LEAVING__after_Leaving || (bay_imp@LEAVING__after_Unbind && ((to_bay_imp?[Unbound]) || (len(to_bay_imp) != 0 && !to_bay_imp?[Unbound]))))
       || ((job_imp@end_IDLE && (((job_imp_quiet == 0) && ((owner[1] == 0 || owner[1] == 5) || (owner[2] == 0 || owner[2] == 5))) || (len(to_job_imp) != 0))) || (job_imp@IDLE__after_Print && ((to_job_imp?[Printed,_]) || (to_job_imp?[Dropped,_]) || (len(to_job_imp) != 0 && !to_job_imp?[Printed,_] && !to_job_imp?[Dropped,_]))))
     ) && !(true
       && Press@end_idle
       && (bay_imp@end_NEW || bay_imp@end_HELD || bay_imp@end_GONE)
       && job_imp@end_IDLE
     ) ->
       d_step { fail(deadlock_free) } } -> goto end_watching
  :: d_step { Press_active == 0 && Press_state == 1 && !(Press_bay_at == HELD) -> fail(state_mapping) } -> goto end_watching  /* press.drv:21 */
  :: d_step { Press_active == 0 && Press_state == 2 && !(Press_bay_at == HELD) -> fail(state_mapping) } -> goto end_watching  /* press.drv:21 */
  :: d_step { Press_active == 0 && Press_state == 3 && !((Press_bay_at == LEAVING || Press_bay_at == LEAVING_Leaving || Press_bay_at == LEAVING_Leaving_Unbind)) -> fail(state_mapping) } -> goto end_watching  /* press.drv:21 */
  :: d_step { Press_active == 0 && Press_state == 4 && !(Press_bay_at == GONE) -> fail(state_mapping) } -> goto end_watching  /* press.drv:21 */
  :: d_step { (Press_state == 3) -> over = user_check_2 } -> goto end_watching  /* press.drv:46: user:check-2 */
  fi
}

/* press.drv:45: user:check-1 */
ltl formula_user_check_1 { [] ((((Press_bay_at == LEAVING || Press_bay_at == LEAVING_Leaving || Press_bay_at == LEAVING_Leaving_Unbind))) -> <> (((Press_bay_at == GONE)) || over != 0)) }

/* press.drv:46: user:check-2: a counterexample confirms it */
ltl formula_user_check_2 { [] !((Press_state == 3)) }
