/** Resources: how they stand, how they hang together, their windows and bottlenecks. */
package io.tocsin.server.fleet;
