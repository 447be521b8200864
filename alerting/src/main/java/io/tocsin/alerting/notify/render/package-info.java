/** Messages for people: templates, and what is put into them. */
package io.tocsin.alerting.notify.render;
