package io.tocsin.collectors.agent;

import io.tocsin.collectors.policy.Policies;
import java.time.Clock;

/** What all collectors of an agent share. */
record Surroundings(
    Outbox outbox,
    Origins origins,
    Policies policies,
    Inventory inventory,
    Counts counts,
    Clock clock,
    Ticker ticker) {}
