/**
 * Who may do what on Kafka: a table of rights by principal, and how a cluster is brought in line
 * with it. The table is data; {@link io.tocsin.security.BrokerAcls} alone talks to a broker.
 */
package io.tocsin.security;
