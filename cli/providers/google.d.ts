declare module "@google/genai" {
  interface Chat {
    /** @traces llm google */
    sendMessage(options: any): Promise<any>;
    /** @traces llm google */
    sendMessageStream(options: any): Promise<any>;
    [key: string]: any;
  }
  class GoogleGenAI {
    constructor(options?: any);
    models: {
      /** @traces llm google */
      generateContent(options: any): Promise<any>;
      /** @traces llm google */
      generateContentStream(options: any): Promise<any>;
      /** @traces embedding google */
      embedContent(options: any): Promise<any>;
      /** @traces llm google */
      generateImages(options: any): Promise<any>;
      [key: string]: any;
    };
    chats: { create(options: any): Chat };
    [key: string]: any;
  }

  export { GoogleGenAI };
}

declare module "@google/generative-ai" {
  interface ChatSession {
    /** @traces llm google */
    sendMessage(request: any): Promise<any>;
    /** @traces llm google */
    sendMessageStream(request: any): Promise<any>;
    [key: string]: any;
  }
  interface GenerativeModel {
    /** @traces llm google */
    generateContent(request: any): Promise<any>;
    /** @traces llm google */
    generateContentStream(request: any): Promise<any>;
    /** @traces embedding google */
    embedContent(request: any): Promise<any>;
    /** @traces embedding google */
    batchEmbedContents(request: any): Promise<any>;
    startChat(options?: any): ChatSession;
    [key: string]: any;
  }
  class GoogleGenerativeAI {
    constructor(key?: any);
    getGenerativeModel(options: any, more?: any): GenerativeModel;
  }

  export { GoogleGenerativeAI };
}

declare module "@google-cloud/vertexai" {
  interface GenerativeModel {
    /** @traces llm google */
    generateContent(request: any): Promise<any>;
    /** @traces llm google */
    generateContentStream(request: any): Promise<any>;
    startChat(options?: any): {
      /** @traces llm google */
      sendMessage(request: any): Promise<any>;
      /** @traces llm google */
      sendMessageStream(request: any): Promise<any>;
    };
    [key: string]: any;
  }
  class VertexAI {
    constructor(options?: any);
    getGenerativeModel(options: any): GenerativeModel;
    preview: { getGenerativeModel(options: any): GenerativeModel };
  }

  export { VertexAI };
}
