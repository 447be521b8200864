/** What the API can do, as an OpenAPI document made of its endpoints. */
@NullMarked
package io.tocsin.server.openapi;

import org.jspecify.annotations.NullMarked;
