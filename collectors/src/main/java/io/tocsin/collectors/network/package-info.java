/**
 * Network paths: how long the way from here to an endpoint takes over TCP, UDP, HTTP, DNS or ICMP,
 * what gets lost on it, and how much fits through.
 */
package io.tocsin.collectors.network;
