/**
 * The audit of healing as a chain of hashes, so that an edit or a gap shows. Pure: it makes and
 * checks entries and neither reads nor writes any.
 */
package io.tocsin.alerting.healing.audit;
