/** Secrets by reference: where they stand, never what they are. */
package io.tocsin.schemas.secret;
