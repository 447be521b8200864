package io.tocsin.collectors.echo;

/**
 * What an echo responder has done since it started.
 *
 * @param open connections open now
 * @param accepted connections accepted
 * @param refused connections closed at once because there were too many
 * @param idle connections closed because nothing came any more
 * @param broken connections that ended with an error
 * @param bytes bytes sent back over TCP
 * @param datagrams datagrams answered
 * @param foreign datagrams left unanswered because no prober sent them
 * @param tooLong datagrams left unanswered because of their length
 * @param tooMany datagrams left unanswered because their sender sent too many
 * @param unsent answers that the operating system would not take
 */
public record EchoCounters(
    long open,
    long accepted,
    long refused,
    long idle,
    long broken,
    long bytes,
    long datagrams,
    long foreign,
    long tooLong,
    long tooMany,
    long unsent) {}
