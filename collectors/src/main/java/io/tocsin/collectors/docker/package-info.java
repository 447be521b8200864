/** The Docker daemon's socket, shared by the collectors that ask it something. */
package io.tocsin.collectors.docker;
