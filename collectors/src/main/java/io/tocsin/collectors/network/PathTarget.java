package io.tocsin.collectors.network;

import io.tocsin.schemas.ProbeKind;

/** The far end of a path, and how it is asked. */
public sealed interface PathTarget permits TcpTarget, UdpTarget, HttpTarget, DnsTarget, IcmpTarget {

  /** Name or address that is asked. */
  String host();

  /** For people; without the query of a URL, which may hold a secret. */
  String describe();

  /** How it is asked. */
  ProbeKind kind();
}
