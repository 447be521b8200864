/** The wiring on Kafka Streams: a class per topology, the settings, the handlers, the runner. */
package io.tocsin.streams.topology;
