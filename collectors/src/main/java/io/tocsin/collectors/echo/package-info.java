/** The echo responder: the far end of a network path, which sends back what a prober sends it. */
package io.tocsin.collectors.echo;
