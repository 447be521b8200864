/** Rules: how they stand, what they would do, and how they are changed. */
@NullMarked
package io.tocsin.server.rule;

import org.jspecify.annotations.NullMarked;
