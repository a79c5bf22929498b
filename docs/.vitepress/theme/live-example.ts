import { withBase } from 'vitepress';
import { defineComponent, h, onBeforeUnmount, onMounted, ref } from 'vue';

/**
 * A task page in a sandboxed frame beside its source. It takes the portal's side of the messages: what the form hands over
 * is shown below, and the form is told that it was accepted.
 */
export const LiveExample = defineComponent({
  props: { name: { type: String, required: true }, tall: Boolean },
  setup({ name, tall }, { slots }) {
    const frame = ref<HTMLIFrameElement>();
    const address = ref<string>();
    const height = ref(0);
    const turn = ref(0);
    const answer = ref<string>();
    const trouble = ref('');

    const receive = (event: MessageEvent): void => {
      const task = frame.value?.contentWindow;
      if (!task || event.source !== task || typeof event.data !== 'object' || event.data === null) return;
      const { holdpoint, ...message } = event.data as Record<string, unknown>;
      if (holdpoint === 'height') height.value = Math.min(1000, Number(message.height) || 0);
      if (holdpoint === 'error') trouble.value = String(message.message);
      if (holdpoint !== 'answer') return;
      answer.value = JSON.stringify(message.answerContent, null, 2);
      // The frame's origin is opaque, so `*` is the only target that reaches it.
      task.postMessage({ holdpoint: 'accepted' }, '*');
    };
    const startAgain = (): void => {
      answer.value = undefined;
      trouble.value = '';
      turn.value += 1;
    };

    // The frame loads when somebody listens to it, so that no message is missed.
    onMounted(() => {
      window.addEventListener('message', receive);
      address.value = withBase(`/examples/${name}`);
    });
    onBeforeUnmount(() => window.removeEventListener('message', receive));

    const renderFrame = () =>
      h('iframe', {
        key: turn.value,
        ref: frame,
        class: 'live-frame',
        title: `Live example ${name}`,
        sandbox: 'allow-scripts allow-forms',
        loading: 'lazy',
        src: address.value,
        style: height.value > 0 ? { height: `${height.value + 16}px` } : undefined,
      });
    const renderAnswer = () =>
      h('div', { class: 'live-answer', role: 'status' }, [
        h('p', { class: 'live-label' }, 'Answer'),
        answer.value === undefined
          ? h('p', { class: 'live-hint' }, 'Submit the form, and its answer appears here.')
          : [
              h('pre', { tabindex: 0 }, answer.value),
              h('button', { type: 'button', onClick: startAgain }, 'Start again'),
            ],
        trouble.value === '' ? undefined : h('p', { class: 'live-trouble' }, `The page reports: ${trouble.value}`),
      ]);

    // These pages may not call the server, which renders templates; the command line may.
    const renderHint = () =>
      h('p', { class: 'live-hint' }, [
        'To change it, save both and look at them with ',
        h('a', { href: withBase('/command-line#holdpoint-template-preview') }, 'holdpoint template preview'),
        '.',
      ]);

    return () =>
      h('div', { class: ['live-example', tall && 'tall'] }, [
        h('div', { class: 'live-parts' }, [
          h('div', { class: 'live-task' }, [renderFrame(), renderAnswer()]),
          h('div', { class: 'live-source' }, [
            h('p', { class: 'live-label' }, 'Template'),
            slots.template?.(),
            h('p', { class: 'live-label' }, 'Input content'),
            slots.input?.(),
            renderHint(),
          ]),
        ]),
      ]);
  },
});
