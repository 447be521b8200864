/**
 * What may be done to containers and images: policies made ready for use ({@link
 * io.tocsin.streams.policy.PolicyCompiler}), what they say of an event ({@link
 * io.tocsin.streams.policy.PolicySet}), what a scan of an image changed ({@link
 * io.tocsin.streams.policy.ScanChange}), and the report that people read ({@link
 * io.tocsin.streams.policy.ReportBook}). Functions over records: no Kafka, no clock.
 */
package io.tocsin.streams.policy;
