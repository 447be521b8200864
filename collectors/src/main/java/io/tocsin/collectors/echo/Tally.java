package io.tocsin.collectors.echo;

import java.util.concurrent.atomic.AtomicLong;

/** Counts while the responder works; written by its thread, read by any. */
final class Tally {

  final AtomicLong open = new AtomicLong();
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong idle = new AtomicLong();
  final AtomicLong broken = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong datagrams = new AtomicLong();
  final AtomicLong foreign = new AtomicLong();
  final AtomicLong tooLong = new AtomicLong();
  final AtomicLong tooMany = new AtomicLong();
  final AtomicLong unsent = new AtomicLong();

  EchoCounters snapshot() {
    return new EchoCounters(
        open.get(),
        accepted.get(),
        refused.get(),
        idle.get(),
        broken.get(),
        bytes.get(),
        datagrams.get(),
        foreign.get(),
        tooLong.get(),
        tooMany.get(),
        unsent.get());
  }
}
