/** How often actions have helped, and which of them have to ask again. Pure. */
package io.tocsin.alerting.healing.trust;
