/** Signing in and out, by token or by an OIDC provider; tokens for others. */
package io.tocsin.server.signin;
