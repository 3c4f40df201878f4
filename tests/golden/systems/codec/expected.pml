/* singspin 0.1.0: Front */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Transfer, Finished };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Front  codec.drv:5 */
active proctype Exporter()
{
IDLE:  /* codec.drv:7: state IDLE: one { Transfer? -> Finished! -> IDLE; } */
  if
  :: to_exporter?Transfer -> goto IDLE_Transfer
  fi;
IDLE_Transfer:  /* codec.drv:7: state IDLE: one { Transfer? -> Finished! -> IDLE; } */
  if
  :: to_importer!Finished -> goto IDLE
  fi
}

active proctype Importer()
{
IDLE:  /* codec.drv:7: state IDLE: one { Transfer? -> Finished! -> IDLE; } */
  if
  :: to_exporter!Transfer -> goto IDLE_Transfer
  fi;
IDLE_Transfer:  /* codec.drv:7: state IDLE: one { Transfer? -> Finished! -> IDLE; } */
  if
  :: to_importer?Finished -> goto IDLE
  fi
}

/* singspin 0.1.0: Bus */
/* The exporter and the importer of a channel contract, joined by two queues. */
/* Queues of 1 to the importer and 1 to the exporter are all the contract needs. */

mtype = { Submit, Complete };

chan to_importer = [1] of { mtype };
chan to_exporter = [1] of { mtype };

/* contract Bus  codec.drv:9 */
active proctype Exporter()
{
FREE:  /* codec.drv:11: state FREE: one { Submit? -> Complete! -> FREE; } */
  if
  :: to_exporter?Submit -> goto FREE_Submit
  fi;
FREE_Submit:  /* codec.drv:11: state FREE: one { Submit? -> Complete! -> FREE; } */
  if
  :: to_importer!Complete -> goto FREE
  fi
}

active proctype Importer()
{
FREE:  /* codec.drv:11: state FREE: one { Submit? -> Complete! -> FREE; } */
  if
  :: to_exporter!Submit -> goto FREE_Submit
  fi;
FREE_Submit:  /* codec.drv:11: state FREE: one { Submit? -> Complete! -> FREE; } */
  if
  :: to_importer?Complete -> goto FREE
  fi
}

/* singspin 0.1.0: system Codec */
/* A standstill is what the process at the end says: run the verifier with -E. */

mtype:endings = { abandoned, deadlock_free, no_unexpected_message, conformance, unhandled_event, owed_reply, ownership, leak, lock_discipline, blocking_in_atomic, send_after_close, unbound_port, thread_reuse, assertion, state_mapping, race };
byte over;  /* not 0: the run has ended, and why */
mtype:Front_messages = { Transfer, Finished };
mtype:Front_states = { IDLE, IDLE_Transfer };
mtype:Bus_messages = { Submit, Complete };
mtype:Bus_states = { FREE, FREE_Submit };

/* channel front: Front */
byte Codec_front_at = IDLE;
chan to_Codec_front = [1] of { mtype, byte };
byte front_imp_at = IDLE;
chan to_front_imp = [1] of { mtype, byte };

/* channel bus: Bus */
byte bus_exp_at = FREE;
chan to_bus_exp = [1] of { mtype, byte };
byte Codec_bus_at = FREE;
chan to_Codec_bus = [1] of { mtype, byte };

byte Codec_active;
byte front_imp_active;
byte bus_exp_active;
bool front_imp_quiet;
bool Codec_xfer;
byte owner[3];  /* of blocks, from 1 on: 0 nobody, 1 hardware, 2 in transit, then components */
byte Codec_m;
byte scratch[1];  /* within a step */

inline fail(which) { over = which; assert(false) }
inline Codec_front_receive_Transfer() { if :: Codec_front_at == IDLE -> Codec_front_at = IDLE_Transfer :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> if :: owner[Codec_m] == 3 || owner[Codec_m] == 1 -> fail(leak) :: else -> skip fi; if :: over != 0 -> skip :: else -> to_Codec_front?Transfer,Codec_m; owner[Codec_m] = 3 fi fi }
inline Codec_bus_send_Submit() { if :: Codec_bus_at == FREE -> Codec_bus_at = FREE_Submit :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: owner[Codec_m] != 3 -> fail(ownership) :: else -> skip fi; if :: over != 0 -> skip :: else -> owner[Codec_m] = 2; to_bus_exp!Submit,Codec_m; Codec_m = 0 fi fi }
inline Codec_front_send_Finished() { if :: Codec_front_at == IDLE_Transfer -> Codec_front_at = IDLE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: owner[Codec_m] != 3 -> fail(ownership) :: else -> skip fi; if :: over != 0 -> skip :: else -> owner[Codec_m] = 2; to_front_imp!Finished,Codec_m; Codec_m = 0 fi fi }
inline Codec_bus_receive_Complete() { if :: Codec_bus_at == FREE_Submit -> Codec_bus_at = FREE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> if :: owner[Codec_m] == 3 || owner[Codec_m] == 1 -> fail(leak) :: else -> skip fi; if :: over != 0 -> skip :: else -> to_Codec_bus?Complete,Codec_m; owner[Codec_m] = 3 fi fi }
inline front_imp_send_Transfer() { if :: front_imp_at == IDLE -> front_imp_at = IDLE_Transfer :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: (owner[1] == 0 || owner[1] == 4) && 0 == 0 -> scratch[0] = 1 :: (owner[2] == 0 || owner[2] == 4) && ((owner[1] == 0 || owner[1] == 4)) == 0 -> scratch[0] = 2 fi; owner[scratch[0]] = 2; to_Codec_front!Transfer,scratch[0]; scratch[0] = 0 fi }
inline front_imp_receive_Finished() { if :: front_imp_at == IDLE_Transfer -> front_imp_at = IDLE :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_front_imp?Finished,scratch[0]; owner[scratch[0]] = 0; scratch[0] = 0 fi }
inline bus_exp_receive_Submit() { if :: bus_exp_at == FREE -> bus_exp_at = FREE_Submit :: else -> fail(no_unexpected_message) fi; if :: over != 0 -> skip :: else -> to_bus_exp?Submit,scratch[0]; owner[scratch[0]] = 5; scratch[0] = 0 fi }
inline bus_exp_send_Complete() { if :: bus_exp_at == FREE_Submit -> bus_exp_at = FREE :: else -> fail(conformance) fi; if :: over != 0 -> skip :: else -> if :: (owner[1] == 5) && 0 == 0 -> scratch[0] = 1 :: (owner[2] == 5) && ((owner[1] == 5)) == 0 -> scratch[0] = 2 fi; owner[scratch[0]] = 2; to_Codec_bus!Complete,scratch[0]; scratch[0] = 0 fi }

/* codec.drv:14: Codec.front */
active proctype Codec_front() provided (over == 0)
{
end_idle:  /* codec.drv:14: idle */
  if
  :: d_step { to_Codec_front?[Transfer,_] -> Codec_active = Codec_active + 1; Codec_front_receive_Transfer() } -> goto reset_xfer  /* codec.drv:18: on front.Transfer */
  fi;
reset_xfer:  /* codec.drv:20: reset xfer */
  if
  :: d_step { true -> Codec_xfer = 0 } -> goto send_bus_Submit  /* codec.drv:20: reset xfer */
  fi;
send_bus_Submit:  /* codec.drv:22: send bus.Submit */
  if
  :: d_step { true -> Codec_bus_send_Submit() } -> goto wait_xfer  /* codec.drv:22: send bus.Submit */
  fi;
wait_xfer:  /* codec.drv:29: wait xfer */
  if
  :: d_step { Codec_xfer -> skip } -> goto use_m  /* codec.drv:29: wait xfer */
  fi;
use_m:  /* codec.drv:31: use m */
  if
  :: d_step { true -> if :: owner[Codec_m] != 3 -> fail(ownership) :: else -> skip fi } -> goto send_front_Finished  /* codec.drv:31: use m */
  fi;
send_front_Finished:  /* codec.drv:33: send front.Finished */
  if
  :: d_step { true -> Codec_front_send_Finished() } -> goto at_end_of_handler  /* codec.drv:33: send front.Finished */
  fi;
at_end_of_handler:  /* codec.drv:35: end of handler */
  if
  :: d_step { true -> Codec_active = Codec_active - 1; if :: Codec_active == 0 && (owner[Codec_m] == 3) -> fail(leak) :: else -> skip fi } -> goto end_idle  /* codec.drv:35 */
  fi
}

/* codec.drv:15: Codec.bus */
active proctype Codec_bus() provided (over == 0)
{
end_idle:  /* codec.drv:15: idle */
  if
  :: d_step { to_Codec_bus?[Complete,_] -> Codec_active = Codec_active + 1; Codec_bus_receive_Complete() } -> goto signal_xfer  /* codec.drv:36: on bus.Complete */
  fi;
signal_xfer:  /* codec.drv:43: signal xfer */
  if
  :: d_step { true -> Codec_xfer = 1 } -> goto at_end_of_handler  /* codec.drv:43: signal xfer */
  fi;
at_end_of_handler:  /* codec.drv:45: end of handler */
  if
  :: d_step { true -> Codec_active = Codec_active - 1; if :: Codec_active == 0 && (owner[Codec_m] == 3) -> fail(leak) :: else -> skip fi } -> goto end_idle  /* codec.drv:45 */
  fi
}

/* codec.drv:14: front.imp */
active proctype front_imp() provided (over == 0)
{
end_IDLE:  /* codec.drv:14: IDLE */
  if
  :: d_step { (front_imp_quiet == 0) && ((owner[1] == 0 || owner[1] == 4) || (owner[2] == 0 || owner[2] == 4)) -> front_imp_send_Transfer() } -> goto IDLE__after_Transfer  /* codec.drv:7: send front.Transfer */
  :: d_step { len(to_front_imp) != 0 -> fail(no_unexpected_message) } -> goto end_IDLE  /* codec.drv:7: unexpected message */
  :: d_step { (front_imp_quiet == 0) -> front_imp_quiet = 1 } -> goto end_IDLE  /* codec.drv:14: falls silent */
  fi;
IDLE__after_Transfer:  /* codec.drv:14: IDLE, after Transfer */
  if
  :: d_step { to_front_imp?[Finished,_] -> front_imp_receive_Finished() } -> goto end_IDLE  /* codec.drv:7: recv front.Finished */
  :: d_step { len(to_front_imp) != 0 && !to_front_imp?[Finished,_] -> fail(no_unexpected_message) } -> goto IDLE__after_Transfer  /* codec.drv:7: unexpected message */
  fi
}

/* codec.drv:15: bus.exp */
active proctype bus_exp() provided (over == 0)
{
end_FREE:  /* codec.drv:15: FREE */
  if
  :: d_step { to_bus_exp?[Submit,_] -> bus_exp_receive_Submit() } -> goto FREE__after_Submit  /* codec.drv:11: recv bus.Submit */
  :: d_step { len(to_bus_exp) != 0 && !to_bus_exp?[Submit,_] -> fail(no_unexpected_message) } -> goto end_FREE  /* codec.drv:11: unexpected message */
  fi;
FREE__after_Submit:  /* codec.drv:15: FREE, after Submit */
  if
  :: d_step { ((owner[1] == 5) || (owner[2] == 5)) -> bus_exp_send_Complete() } -> goto end_FREE  /* codec.drv:11: send bus.Complete */
  :: d_step { len(to_bus_exp) != 0 -> fail(no_unexpected_message) } -> goto FREE__after_Submit  /* codec.drv:11: unexpected message */
  fi
}

active proctype watch() provided (over == 0)
{
end_watching:
  if
  /* rule 6: nobody can make a step that has to come, and somebody is not at a resting place */
  :: atomic { !(false
       || ((Codec_front@end_idle && (to_Codec_front?[Transfer,_])) || Codec_front@reset_xfer || Codec_front@send_bus_Submit || (Codec_front@wait_xfer && (Codec_xfer)) || Codec_front@use_m || Codec_front@send_front_Finished || Codec_front@at_end_of_handler)
       || ((Codec_bus@end_idle && (to_Codec_bus?[Complete,_])) || Codec_bus@signal_xfer || Codec_bus@at_end_of_handler)
       || ((front_imp@end_IDLE && (((front_imp_quiet == 0) && ((owner[1] == 0 || owner[1] == 4) || (owner[2] == 0 || owner[2] == 4))) || (len(to_front_imp) != 0))) || (front_imp@IDLE__after_Transfer && ((to_front_imp?[Finished,_]) || (len(to_front_imp) != 0 && !to_front_imp?[Finished,_]))))
       || ((bus_exp@end_FREE && ((to_bus_exp?[Submit,_]) || (len(to_bus_exp) != 0 && !to_bus_exp?[Submit,_]))) || (bus_exp@FREE__after_Submit && ((((owner[1] == 5) || (owner[2] == 5))) || (len(to_bus_exp) != 0))))
     ) && !(true
       && Codec_front@end_idle
       && Codec_bus@end_idle
       && front_imp@end_IDLE
       && (bus_exp@end_FREE || (bus_exp@FREE__after_Submit && (!(((owner[1] == 5) || (owner[2] == 5))))))
     ) ->
       d_step { fail(deadlock_free) } } -> goto end_watching
  fi
}
