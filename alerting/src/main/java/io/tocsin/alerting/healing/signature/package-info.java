/**
 * Signatures of heal plans: alerting signs with a private key, the responder checks with the public
 * one, so that whoever may write to the topic of plans still cannot have anything done.
 */
package io.tocsin.alerting.healing.signature;
