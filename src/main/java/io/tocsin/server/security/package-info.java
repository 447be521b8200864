/** Container policy: what is allowed, what was done against it, what scans of images found. */
package io.tocsin.server.security;
