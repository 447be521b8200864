/**
 * TLS of the ports that Tocsin opens and of the HTTP servers that it asks: certificates and keys as
 * PEM files, read again when they change, so that a renewal takes no restart.
 */
package io.tocsin.schemas.tls;
