package io.tocsin.schemas.topic;

import java.io.Serializable;

/**
 * Where the topics are. No stage knows more than this of the machines it runs on.
 *
 * @param bootstrapServers Kafka's {@code bootstrap.servers}
 * @param registryUrl base URL of a Confluent-compatible schema registry
 */
public record Cluster(String bootstrapServers, String registryUrl) implements Serializable {}
