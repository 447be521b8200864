/**
 * Collectors read what resources do; the agent runs them and sends what they read to the topics.
 *
 * <p>A new source is a new package with a {@link io.tocsin.collectors.Collector}; the agent needs
 * no change.
 */
package io.tocsin.collectors;
