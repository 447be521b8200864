/** The one kind of pattern that people write: {@code *} for any text. */
package io.tocsin.alerting.glob;
