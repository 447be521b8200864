/** HTTP itself: what an endpoint is, how it is routed, how errors and pages look. */
package io.tocsin.server.http;
