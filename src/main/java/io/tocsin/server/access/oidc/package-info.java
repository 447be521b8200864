/** Signing in with a provider of OpenID Connect: the authorization code flow, with PKCE. */
package io.tocsin.server.access.oidc;
